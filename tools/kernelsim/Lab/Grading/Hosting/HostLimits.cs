namespace KernelSim.Tool.Lab.Grading.Hosting;

/// <summary>What a process that runs a student's work may take.</summary>
/// <param name="Time">Wall-clock time of one job, the start of the process included.</param>
/// <param name="ManagedBytes">Bytes of the garbage-collected heap: beyond them an allocation fails.</param>
/// <param name="ProcessBytes">Bytes of memory of the whole process: beyond them it is ended.</param>
internal sealed record HostLimits(TimeSpan Time, long ManagedBytes, long ProcessBytes)
{
    private const string TimeVariable = "KERNELSIM_LAB_SECONDS";

    /// <summary>The limits of labs. A slow host gets more time with <c>KERNELSIM_LAB_SECONDS</c>.</summary>
    public static HostLimits Default { get; } = new(
        TimeSpan.FromSeconds(
            int.TryParse(Environment.GetEnvironmentVariable(TimeVariable), out int seconds) && seconds is > 0 and <= 3600 ? seconds : 20),
        ManagedBytes: 256 << 20,
        ProcessBytes: 1L << 30);
}
