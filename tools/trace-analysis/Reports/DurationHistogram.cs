using System.Numerics;

namespace KernelSim.TraceAnalysis.Reports;

/// <summary>Durations of any number of calls in constant memory: eight buckets per power of two, so that a quantile is accurate within an eighth.</summary>
internal sealed class DurationHistogram
{
    private const int Steps = 8;
    private const int NanosecondsPerMicrosecond = 1000;

    private readonly long[] _buckets = new long[64 * Steps];
    private double _sum;

    public long Count { get; private set; }

    public double MaxUs { get; private set; }

    public double MeanUs => Count == 0 ? 0 : _sum / Count;

    public void Add(double microseconds)
    {
        Count++;
        _sum += microseconds;
        MaxUs = Math.Max(MaxUs, microseconds);
        _buckets[BucketOf((ulong)Math.Max(microseconds * NanosecondsPerMicrosecond, 1))]++;
    }

    /// <summary>The duration that a share of the calls did not exceed: the upper end of its bucket, but never more than the longest.</summary>
    public double Quantile(double share)
    {
        long wanted = (long)Math.Ceiling(share * Count);
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
