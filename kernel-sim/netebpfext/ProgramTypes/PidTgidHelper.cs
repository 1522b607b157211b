using KernelSim.EbpfCore.Extensions;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.ProgramTypes;

/// <summary>
/// <c>bpf_get_current_pid_tgid</c> of the program types whose hooks know the process that owns the socket. It replaces the driver's own:
/// the thread that runs the program need not belong to that process.
/// </summary>
/// <typeparam name="TFrame">The type's context with the data of its helpers.</typeparam>
internal static unsafe class PidTgidHelper<TFrame>
    where TFrame : unmanaged, IProcessFrame
{
    /// <summary>The signature, for the program type's general helpers.</summary>
    public static HelperPrototype Prototype { get; } =
        new(BpfFuncId.GetCurrentPidTgid, "bpf_get_current_pid_tgid", HelperReturnType.Integer) { ImplicitContext = true };

    /// <summary>The process id in the upper half, the id of the thread that runs the program in the lower.</summary>
    public static ulong GetCurrentPidTgid(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        (((TFrame*)(call.Context - ProgramContextHeader.ByteCount))->ProcessId << 32) | (uint)call.Thread.Id;
}

/// <summary>A frame with the id of the process that owns the socket. It begins with its <see cref="ProgramContextHeader"/>.</summary>
internal interface IProcessFrame
{
    ulong ProcessId { get; }
}
