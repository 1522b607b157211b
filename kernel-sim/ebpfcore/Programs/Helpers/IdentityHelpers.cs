using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>The helpers that return on whose behalf a program runs. Without a process that is the system, process 4.</summary>
internal static class IdentityHelpers
{
    /// <summary>The result of <see cref="IsCurrentAdmin"/>.</summary>
    public const int NotImplemented = -1;

    private const int SystemProcess = 4;
    private const ulong SystemLogon = 0x3E7; // SYSTEM_LUID

    /// <summary><c>_ebpf_core_get_pid_tgid</c>: the process id in the upper 32 bits, the thread id in the lower.</summary>
    public static ulong PidTgid(KeThread current) =>
        ((ulong)(uint)(current.Process?.Id ?? SystemProcess) << 32) | (uint)current.Id;

    /// <summary><c>_ebpf_core_get_current_logon_id</c>: the token's session; 0 where tokens cannot be read, at DISPATCH_LEVEL.</summary>
    public static ulong LogonId(KeThread current) =>
        current.Irql >= Irql.Dispatch ? 0 : current.Process?.Token.LogonId ?? SystemLogon;

    /// <summary><c>_ebpf_core_is_current_admin</c>: upstream does not implement it.</summary>
    public static int IsCurrentAdmin() => NotImplemented;

    /// <summary><c>PsGetProcessStartKey</c>: unique for each process.</summary>
    public static ulong ProcessStartKey(KeThread current) => current.Process?.StartKey ?? 1;

    /// <summary><c>PsGetThreadCreateTime</c>: 100 ns since 1601.</summary>
    public static long ThreadCreateTime(KeThread current) => (long)current.CreateTime;
}
