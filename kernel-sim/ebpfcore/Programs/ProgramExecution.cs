using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Programs;

/// <summary>
/// The state of an invocation, in addition to the program's context: <c>ebpf_execution_context_state_t</c>. The invoking thread has it on its
/// stack, for one invocation or for a batch of them; only that thread touches it.
/// </summary>
internal unsafe struct ProgramExecution
{
    /// <summary>The program that a tail call has requested: run once the current one has returned.</summary>
    public EbpfProgram? NextProgram;

    /// <summary>Tail calls taken by the current invocation, 0 to <see cref="EbpfProgram.MaxTailCalls"/>.</summary>
    public uint TailCallCount;

    /// <summary>The <see cref="Bytecode.BytecodeRun"/> of the program that runs; null for a program that has no instructions.</summary>
    public void* Run;

    /// <summary>The IRQL at which the batch or invocation began.</summary>
    public Irql Irql;

    /// <summary>The owner of the state: the processor at DISPATCH_LEVEL, the thread below it.</summary>
    public ulong Owner;

    /// <summary>Creates the state for an invocation that begins now, on this thread.</summary>
    public static ProgramExecution Begin(KeThread current) => new()
    {
        Irql = current.Irql,
        Owner = current.Irql >= Irql.Dispatch ? (ulong)current.ProcessorNumber : (ulong)(uint)current.Id,
    };
}
