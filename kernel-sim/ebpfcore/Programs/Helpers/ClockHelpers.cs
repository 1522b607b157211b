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

    /// <summary><c>_ebpf_core_get_time_since_boot_ns</c>, <c>_ebpf_core_get_time_ns</c>: whole 100 ns.</summary>
    public static ulong Nanoseconds(KeThread current) => current.Machine.Clock.InterruptTime * NanosecondsPerTick;

    /// <summary><c>_ebpf_core_get_time_since_boot_ms</c>, <c>_ebpf_core_get_time_ms</c>, truncated.</summary>
    public static ulong Milliseconds(KeThread current) => current.Machine.Clock.InterruptTime / TicksPerMillisecond;
}
