using System.Runtime.CompilerServices;
using KernelSim.Bytecode;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Objects;
using KernelSim.EbpfCore.Programs;
using KernelSim.EbpfCore.Programs.Helpers;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>A running program, as a helper sees it. Valid only during the helper's call.</summary>
public readonly unsafe ref struct HelperCall
{
    private readonly ref ProgramExecution _execution;

    internal HelperCall(CoreContext core, KeThread thread, EbpfProgram? program, byte* context, ref ProgramExecution execution)
    {
        Core = core;
        Thread = thread;
        Program = program;
        Context = context;
        _execution = ref execution;
    }

    /// <summary>The call behind a run of instructions: for an engine of your own.</summary>
    public static ref readonly HelperCall Of(in BytecodeRun run) => ref Unsafe.AsRef<HelperCall>(run.HostState);

    /// <summary>The kernel's view of the thread that runs the program; at DISPATCH_LEVEL its processor does not change.</summary>
    public KeThread Thread { get; }

    /// <summary>The program; null for code that a tool runs without one.</summary>
    public EbpfProgram? Program { get; }

    /// <summary>The program's context, the implicit sixth argument of helpers that ask for it. Null for code without one.</summary>
    public byte* Context { get; }

    internal CoreContext Core { get; }

    /// <summary>The state of the invocation: <c>ebpf_execution_context_state_t</c>.</summary>
    internal ref ProgramExecution Execution => ref _execution;

    /// <summary>Where the program is. For events only: it makes the words of the line when it is first asked for it.</summary>
    internal InstructionPlace Place => _execution.Run == null ? InstructionPlace.None
        : BytecodeProgramHost.PlaceOf(Unsafe.AsRef<BytecodeRun>(_execution.Run));

    /// <summary>The map that a register stands for; null if it stands for none.</summary>
    public EbpfMap? Map(ulong register) => Core.Objects.At(new ObjectPointer((uint)register, (uint)(register >> 32))) as EbpfMap;

    /// <summary>
    /// Calls a helper by its id, as bound for the program's type: how an engine serves a <c>call</c> instruction, and how a C# program
    /// calls the helpers of its program type.
    /// </summary>
    /// <returns>R0; -EBPF_INVALID_ARGUMENT for a helper that the program does not have, which no verified program calls.</returns>
    [OverloadResolutionPriority(1)] // for a literal 0, which would convert to either id
    public ulong Invoke(uint id, ulong r1 = 0, ulong r2 = 0, ulong r3 = 0, ulong r4 = 0, ulong r5 = 0)
    {
        HelperBindings bindings = Program?.Bindings ?? HelperBindings.General;
        return bindings.Find(id) is { } helper
            ? helper.Body(this, r1, r2, r3, r4, r5)
            : unchecked((ulong)-(long)EbpfResult.InvalidArgument);
    }

    /// <summary>Calls a general helper, or the one that an extension implements in its place. Otherwise as by number.</summary>
    public ulong Invoke(BpfFuncId id, ulong r1 = 0, ulong r2 = 0, ulong r3 = 0, ulong r4 = 0, ulong r5 = 0) =>
        Invoke((uint)id, r1, r2, r3, r4, r5);

    /// <summary>
    /// The memory between a context's data pointers, such as a packet: <c>ebpf_program_get_context_data</c>. Null pointers if the program's
    /// type has none.
    /// </summary>
    internal void GetContextData(byte* context, out byte* data, out byte* end)
    {
        data = end = null;
        if (context != null && Program?.TypeData?.Info.Descriptor.ContextDescriptor is { Data: >= 0, End: >= 0, Size: > 0 } descriptor)
        {
            data = *(byte**)(context + descriptor.Data);
            end = *(byte**)(context + descriptor.End);
        }
    }
}
