using KernelSim.EbpfCore.Programs.Helpers;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Programs;

/// <content>
/// Random numbers, time, and the identity of the caller. What an extension replaces is called by its id: see the remarks of the type.
/// </content>
public readonly unsafe ref partial struct EbpfProgramContext
{
    /// <summary>The next 32 random bits: <c>bpf_get_prandom_u32</c>.</summary>
    [Helper(BpfFuncId.GetPrandomU32)]
    public uint Random => _call.Thread.Machine.Random.NextUInt32();

    /// <summary>Nanoseconds since the machine booted, in steps of 100: <c>bpf_ktime_get_boot_ns</c>.</summary>
    [Helper(BpfFuncId.KtimeGetBootNs)]
    public ulong KtimeGetBootNs => ClockHelpers.Nanoseconds(_call.Thread);

    /// <summary>Same as <see cref="KtimeGetBootNs"/>, since machines are never suspended: <c>bpf_ktime_get_ns</c>.</summary>
    [Helper(BpfFuncId.KtimeGetNs)]
    public ulong KtimeGetNs => ClockHelpers.Nanoseconds(_call.Thread);

    /// <summary>Milliseconds since the machine booted: <c>bpf_ktime_get_boot_ms</c>.</summary>
    [Helper(BpfFuncId.KtimeGetBootMs)]
    public ulong KtimeGetBootMs => ClockHelpers.Milliseconds(_call.Thread);

    /// <summary>Same as <see cref="KtimeGetBootMs"/>: <c>bpf_ktime_get_ms</c>.</summary>
    [Helper(BpfFuncId.KtimeGetMs)]
    public ulong KtimeGetMs => ClockHelpers.Milliseconds(_call.Thread);

    /// <summary>The process's id in the upper 32 bits, the thread's in the lower: <c>bpf_get_current_pid_tgid</c>.</summary>
    [Helper(BpfFuncId.GetCurrentPidTgid)]
    public ulong CurrentPidTgid => _call.Invoke(BpfFuncId.GetCurrentPidTgid);

    /// <summary>The logon session's LUID; 0 at DISPATCH_LEVEL: <c>bpf_get_current_logon_id</c>.</summary>
    [Helper(BpfFuncId.GetCurrentLogonId)]
    public ulong CurrentLogonId => _call.Invoke(BpfFuncId.GetCurrentLogonId, (ulong)_call.Context);

    /// <summary>Always -1: <c>bpf_is_current_admin</c>, which eBPF for Windows does not implement.</summary>
    [Helper(BpfFuncId.IsCurrentAdmin)]
    public int IsCurrentAdmin => (int)_call.Invoke(BpfFuncId.IsCurrentAdmin, (ulong)_call.Context);

    /// <summary>The cookie of the socket that the context is about: <c>bpf_get_socket_cookie</c>. Only if an extension implements it.</summary>
    [Helper(BpfFuncId.GetSocketCookie)]
    public ulong SocketCookie => _call.Invoke(BpfFuncId.GetSocketCookie, (ulong)_call.Context);

    /// <summary>A number unique among all processes of this boot: <c>bpf_get_current_process_start_key</c>.</summary>
    [Helper(BpfFuncId.GetCurrentProcessStartKey)]
    public ulong CurrentProcessStartKey => _call.Invoke(BpfFuncId.GetCurrentProcessStartKey);

    /// <summary>Creation time of the thread, in 100 ns since 1601: <c>bpf_get_current_thread_create_time</c>.</summary>
    [Helper(BpfFuncId.GetCurrentThreadCreateTime)]
    public long CurrentThreadCreateTime => (long)_call.Invoke(BpfFuncId.GetCurrentThreadCreateTime);
}
