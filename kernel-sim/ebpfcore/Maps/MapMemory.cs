using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Maps;

/// <summary>Reports whether pool had the memory of a new map.</summary>
internal static class MapMemory
{
    /// <summary>Bytes of a bucket of a hash table.</summary>
    public const int BucketBytes = 8;

    /// <summary>Reports the outcome; what is expected is at most what pool has left, in the unit of what is given.</summary>
    /// <param name="caller">The caller, on whose machine pool was requested.</param>
    /// <param name="allocated">Whether pool had it.</param>
    /// <param name="check">The row that refuses if there is not enough.</param>
    /// <param name="given">Bytes, or items.</param>
    /// <param name="bytesOfItem">Bytes in each item.</param>
    /// <returns><paramref name="allocated"/>.</returns>
    public static bool Require(in Caller caller, bool allocated, Check check, long given, long bytesOfItem = 1)
    {
        long left = caller.Current.Machine.Pool.BytesLeft / bytesOfItem;

        // What was allocated is not left any more, and what failed may have been more than one allocation.
        return caller.Require(allocated, check, given, allocated ? Math.Max(left, given) : Math.Min(left, Math.Max(given - 1, 0)));
    }
}
