using KernelSim.EbpfCore.Programs.Helpers;

namespace KernelSim.EbpfCore.Programs;

/// <content>Random numbers, time, and the identity of the caller.</content>
public readonly unsafe ref partial struct EbpfProgramContext
{
    /// <summary>The next 32 random bits: <c>bpf_get_prandom_u32</c>.</summary>
    [Helper(6)]
    public uint Random => _call.Core.Machine.Random.NextUInt32();

    /// <summary>Nanoseconds since the machine booted, in steps of 100: <c>bpf_ktime_get_boot_ns</c>.</summary>
    [Helper(7)]
    public ulong KtimeGetBootNs => ClockHelpers.Nanoseconds(_call.Thread);

    /// <summary>Same as <see cref="KtimeGetBootNs"/>, since machines are never suspended: <c>bpf_ktime_get_ns</c>.</summary>
    [Helper(9)]
    public ulong KtimeGetNs => ClockHelpers.Nanoseconds(_call.Thread);

    /// <summary>Milliseconds since the machine booted: <c>bpf_ktime_get_boot_ms</c>.</summary>
    [Helper(30)]
    public ulong KtimeGetBootMs => ClockHelpers.Milliseconds(_call.Thread);

    /// <summary>Same as <see cref="KtimeGetBootMs"/>: <c>bpf_ktime_get_ms</c>.</summary>
    [Helper(31)]
    public ulong KtimeGetMs => ClockHelpers.Milliseconds(_call.Thread);

    /// <summary>The process's id in the upper 32 bits, the thread's in the lower: <c>bpf_get_current_pid_tgid</c>.</summary>
    [Helper(19)]
    public ulong CurrentPidTgid => _call.Invoke(19);

    /// <summary>The logon session's LUID; 0 at DISPATCH_LEVEL: <c>bpf_get_current_logon_id</c>.</summary>
    [Helper(20)]
    public ulong CurrentLogonId => _call.Invoke(20, (ulong)_call.Context);

    /// <summary>Always -1: <c>bpf_is_current_admin</c>, which eBPF for Windows does not implement.</summary>
    [Helper(21)]
    public int IsCurrentAdmin => (int)_call.Invoke(21, (ulong)_call.Context);

    /// <summary>The cookie of the socket that the context is about: <c>bpf_get_socket_cookie</c>. Only if an extension implements it.</summary>
    [Helper(26)]
    public ulong SocketCookie => _call.Invoke(26, (ulong)_call.Context);

    /// <summary>A number unique among all processes of this boot: <c>bpf_get_current_process_start_key</c>.</summary>
    [Helper(33)]
    public ulong CurrentProcessStartKey => _call.Invoke(33);

    /// <summary>Creation time of the thread, in 100 ns since 1601: <c>bpf_get_current_thread_create_time</c>.</summary>
    [Helper(34)]
    public long CurrentThreadCreateTime => (long)_call.Invoke(34);
}
