using System.Numerics;

namespace KernelSim.TraceAnalysis.Reports;

/// <summary>
/// Durations of any number of calls in constant memory: 64 buckets for each doubling, so that a bound of a quantile is at most 1/64 above it.
/// </summary>
internal sealed class DurationHistogram
{
    private const int Steps = 64;

    /// <summary>Longer ones, of more than 19 hours, count as this long.</summary>
    private const int MostDoublings = 46;
    private const int NanosecondsPerMicrosecond = 1000;

    private readonly long[] _buckets = new long[MostDoublings * Steps];
    private double _sum;

    public long Count { get; private set; }

    public double MaxUs { get; private set; }

    public double MeanUs => Count == 0 ? 0 : _sum / Count;

    public void Add(double microseconds)
    {
        Count++;
        _sum += microseconds;
        MaxUs = Math.Max(MaxUs, microseconds);
        _buckets[Math.Min(BucketOf((ulong)Math.Max(microseconds * NanosecondsPerMicrosecond, 1)), _buckets.Length - 1)]++;
    }

    /// <summary>
    /// A duration that a share of the calls did not exceed: the upper end of the bucket of the exact one, but never more than the longest.
    /// </summary>
    public double QuantileBound(double share)
    {
        long wanted = (long)Math.Ceiling(share * Count);
        if (wanted == Count)
        {
            return MaxUs;
        }

        for (int i = 0; i < _buckets.Length && wanted > 0; i++)
        {
            wanted -= _buckets[i];
            if (wanted <= 0)
            {
                return Math.Min(UpperEndOf(i) / NanosecondsPerMicrosecond, MaxUs);
            }
        }

        return 0;
    }

    private static int BucketOf(ulong nanoseconds)
    {
        int power = BitOperations.Log2(nanoseconds);
        double part = (nanoseconds / Math.Pow(2, power)) - 1;
        return (power * Steps) + (int)(part * Steps);
    }

    private static double UpperEndOf(int bucket) => Math.Pow(2, bucket / Steps) * (1 + (((bucket % Steps) + 1) / (double)Steps));
}
