namespace KernelSim.TraceAnalysis.Reports;

/// <summary>How long calls took, in microseconds.</summary>
/// <param name="MeanUs">Their mean.</param>
/// <param name="MedianBoundUs">Half of them took no longer than this; at most 1/64 above their median.</param>
/// <param name="P99BoundUs">Ninety-nine of a hundred took no longer than this; at most 1/64 above what they took at most.</param>
/// <param name="MaxUs">The longest.</param>
public sealed record Durations(double MeanUs, double MedianBoundUs, double P99BoundUs, double MaxUs)
{
    internal static Durations Of(DurationHistogram histogram) =>
        new(histogram.MeanUs, histogram.QuantileBound(0.5), histogram.QuantileBound(0.99), histogram.MaxUs);
}
