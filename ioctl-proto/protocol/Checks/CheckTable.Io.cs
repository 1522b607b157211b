namespace KernelSim.Protocol.Checks;

// 21xx: the I/O manager's own checks, with the result that the library makes of their status.
public static partial class CheckTable
{
    /// <inheritdoc cref="SystemChecks.IoProbeInput"/>
    public static readonly EbpfCheck IoProbeInput = EbpfCheck.Of(SystemChecks.IoProbeInput);

    /// <inheritdoc cref="SystemChecks.IoProbeOutput"/>
    public static readonly EbpfCheck IoProbeOutput = EbpfCheck.Of(SystemChecks.IoProbeOutput);

    /// <inheritdoc cref="SystemChecks.IoProbeStatusBlock"/>
    public static readonly EbpfCheck IoProbeStatusBlock = EbpfCheck.Of(SystemChecks.IoProbeStatusBlock);

    /// <inheritdoc cref="SystemChecks.IoMethodBuffered"/>
    public static readonly EbpfCheck IoMethodBuffered = EbpfCheck.Of(SystemChecks.IoMethodBuffered);

    /// <summary>The I/O manager's rows: what a device whose protocol is eBPF's reports in place of <see cref="SystemChecks"/>.</summary>
    public static IReadOnlyList<EbpfCheck> OfTheSystem { get; } = [IoProbeInput, IoProbeOutput, IoProbeStatusBlock, IoMethodBuffered];
}
