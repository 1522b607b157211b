using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>
/// The time helpers, on the machine's clock: it stands still while a program runs. A simulated machine is never suspended, so time with and without
/// suspension is the same.
/// </summary>
internal static class ClockHelpers
{
    private const ulong NanosecondsPerTick = 100; // EBPF_NS_PER_FILETIME
    private const ulong TicksPerMillisecond = 10_000; // EBPF_FILETIME_PER_MS

    /// <summary><c>bpf_ktime_get_boot_ns</c>, <c>bpf_ktime_get_ns</c>.</summary>
    public static ulong KtimeGetNs(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) => Nanoseconds(call.Thread);

    /// <summary><c>bpf_ktime_get_boot_ms</c>, <c>bpf_ktime_get_ms</c>.</summary>
    public static ulong KtimeGetMs(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) => Milliseconds(call.Thread);

    /// <summary><c>_ebpf_core_get_time_since_boot_ns</c>, <c>_ebpf_core_get_time_ns</c>: whole 100 ns.</summary>
    public static ulong Nanoseconds(KeThread current) => current.Machine.Clock.InterruptTime * NanosecondsPerTick;

    /// <summary><c>_ebpf_core_get_time_since_boot_ms</c>, <c>_ebpf_core_get_time_ms</c>, truncated.</summary>
    public static ulong Milliseconds(KeThread current) => current.Machine.Clock.InterruptTime / TicksPerMillisecond;
}
