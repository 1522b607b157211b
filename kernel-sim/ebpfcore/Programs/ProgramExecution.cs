using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Programs;

/// <summary>
/// What an invocation keeps beside the program's context: <c>ebpf_execution_context_state_t</c>. Whoever invokes has one on its stack, for
/// one invocation or for a batch of them; only the invoking thread touches it.
/// </summary>
internal struct ProgramExecution
{
    /// <summary>The program that a tail call left to run next: taken once the one that runs has returned.</summary>
    public EbpfProgram? NextProgram;

    /// <summary>Tail calls taken by the invocation that runs, 0 to <see cref="EbpfProgram.MaxTailCalls"/>.</summary>
    public uint TailCallCount;

    /// <summary>The level at which the batch or invocation began.</summary>
    public Irql Irql;

    /// <summary>Which state this is: the processor at DISPATCH_LEVEL, the thread below it.</summary>
    public ulong Owner;

    /// <summary>The state of an invocation that begins now, on this thread.</summary>
    public static ProgramExecution Begin(KeThread current) => new()
    {
        Irql = current.Irql,
        Owner = current.Irql >= Irql.Dispatch ? (ulong)current.ProcessorNumber : (ulong)(uint)current.Id,
    };
}
