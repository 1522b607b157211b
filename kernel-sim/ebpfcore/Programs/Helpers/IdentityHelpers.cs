using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>The helpers that return on whose behalf a program runs. Without a process that is the system, process 4.</summary>
internal static class IdentityHelpers
{
    private const int SystemProcess = 4;
    private const ulong SystemLogon = 0x3E7; // SYSTEM_LUID
    private const ulong NotImplemented = ulong.MaxValue; // -1

    /// <summary><c>_ebpf_core_get_pid_tgid</c>: the process id in the upper 32 bits, the thread id in the lower.</summary>
    public static ulong GetCurrentPidTgid(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        ((ulong)(uint)(call.Thread.Process?.Id ?? SystemProcess) << 32) | (uint)call.Thread.Id;

    /// <summary><c>_ebpf_core_get_current_logon_id</c>: the token's session; 0 where tokens cannot be read, at DISPATCH_LEVEL.</summary>
    public static ulong GetCurrentLogonId(in HelperCall call, ulong context, ulong r2, ulong r3, ulong r4, ulong r5) =>
        call.Thread.Irql >= Irql.Dispatch ? 0 : call.Thread.Process?.Token.LogonId ?? SystemLogon;

    /// <summary><c>_ebpf_core_is_current_admin</c>: -1, since upstream does not implement it.</summary>
    public static ulong IsCurrentAdmin(in HelperCall call, ulong context, ulong r2, ulong r3, ulong r4, ulong r5) => NotImplemented;

    /// <summary><c>PsGetProcessStartKey</c>: unique for each process.</summary>
    public static ulong GetCurrentProcessStartKey(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        call.Thread.Process?.StartKey ?? 1;

    /// <summary><c>PsGetThreadCreateTime</c>: 100 ns since 1601.</summary>
    public static ulong GetCurrentThreadCreateTime(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        (ulong)call.Thread.CreateTime;
}
