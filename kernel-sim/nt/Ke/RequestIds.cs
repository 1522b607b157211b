using System.Runtime.CompilerServices;

namespace KernelSim.Nt.Ke;

/// <summary>
/// Numbers the machine's requests: 1, 2, 3 and so on, whichever thread asks. Only threads that collide here, because they ask at the same instant,
/// begin to take several numbers at once, more with each collision. A thread's numbers always ascend.
/// </summary>
internal sealed class RequestIds(ulong requestIdBase)
{
    /// <summary>
    /// The most that a thread takes at once. Much less than the refusal log's length, so that requests in progress have different slots there.
    /// </summary>
    public const int MostAtOnce = 64;

    private ulong _last = requestIdBase;
    internal readonly CacheLinePad Pad = new();

    /// <summary>The highest number that a thread has taken; it may not have used it yet.</summary>
    public ulong Latest => Volatile.Read(ref _last);

    /// <summary>The next number for the calling thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next(ref Stock stock)
    {
        if (stock.Left == 0)
        {
            Refill(ref stock);
        }

        stock.Left--;
        return ++stock.Last;
    }

    private void Refill(ref Stock stock)
    {
        int count = Math.Max(stock.AtOnce, 1);
        ulong last = Volatile.Read(ref _last);
        while (true)
        {
            ulong seen = Interlocked.CompareExchange(ref _last, last + (uint)count, last);
            if (seen == last)
            {
                break;
            }

            last = seen;
            count = Math.Min(count * 2, MostAtOnce);
        }

        (stock.Last, stock.Left, stock.AtOnce) = (last, count, count);
    }

    /// <summary>The numbers that a thread has taken and not used: those after <see cref="Last"/>.</summary>
    internal struct Stock
    {
        public ulong Last;
        public int Left;
        public int AtOnce;
    }
}
