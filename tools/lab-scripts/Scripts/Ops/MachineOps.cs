using KernelSim.Protocol;

namespace KernelSim.LabScripts.Ops;

/// <summary>Calls about the machine and about descriptors.</summary>
internal static class MachineOps
{
    /// <summary><c>advance_clock</c>: advances the machine's time, which fires due timers.</summary>
    public static ScriptResult AdvanceClock(ScriptSession session, ScriptCall call)
    {
        session.Lab.Machine.Clock.Advance(TimeSpan.FromMicroseconds(call.UInt64("us")));
        return session.Result(0, new ScriptOutput("waiting", session.Lab.Driver.WaitingCount));
    }

    /// <summary><c>synchronize</c>: <c>ebpf_program_synchronize</c>.</summary>
    public static ScriptResult Synchronize(ScriptSession session, ScriptCall call) =>
        session.Result(-(int)ResultConversions.ToErrno(session.Library.ebpf_program_synchronize()));

    /// <summary><c>dup</c>: <c>ebpf_duplicate_fd</c>.</summary>
    public static ScriptResult Duplicate(ScriptSession session, ScriptCall call)
    {
        EbpfResult result = session.Library.ebpf_duplicate_fd(call.Descriptor(), out int copy);
        int ret = result == EbpfResult.Success ? copy : -(int)session.Library.errno;
        session.RememberDescriptor(call, ret, session.MapOf(call.Descriptor()));
        return session.Result(ret);
    }
}
