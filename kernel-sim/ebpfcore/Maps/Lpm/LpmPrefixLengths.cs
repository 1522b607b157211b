using System.Numerics;
using KernelSim.EbpfCore.Memory;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// The prefix lengths that were ever inserted into an LPM trie, one bit each: upstream's <c>ebpf_bitmap</c>. Bits are set and never cleared, so
/// readers and writers need no lock.
/// </summary>
internal readonly unsafe struct LpmPrefixLengths
{
    private const int WordBits = 64;

    private readonly ulong* _words;

    private LpmPrefixLengths(ulong* words)
    {
        _words = words;
    }

    /// <summary>Creates an empty set; false if pool refuses.</summary>
    public static bool TryCreate(KeThread current, uint longest, out LpmPrefixLengths lengths)
    {
        nuint words = ((nuint)longest / WordBits) + 1;
        lengths = new LpmPrefixLengths((ulong*)current.Machine.Pool.Allocate(words * sizeof(ulong), CorePoolTags.Map));
        return lengths._words != null;
    }

    /// <summary>Adds a length.</summary>
    public void Add(uint length)
    {
        ref ulong word = ref _words[length / WordBits];
        ulong bit = 1UL << (int)(length % WordBits);
        if ((Volatile.Read(ref word) & bit) == 0)
        {
            Interlocked.Or(ref word, bit);
        }
    }

    /// <summary>The longest length up to a limit; -1 if there is none.</summary>
    public long LongestUpTo(long limit)
    {
        if (limit < 0)
        {
            return -1;
        }

        long index = limit / WordBits;
        ulong word = Volatile.Read(ref _words[index]) & (ulong.MaxValue >> (WordBits - 1 - (int)(limit % WordBits)));
        while (word == 0 && index > 0)
        {
            word = Volatile.Read(ref _words[--index]);
        }

        return word == 0 ? -1 : (index * WordBits) + BitOperations.Log2(word);
    }

    /// <summary>Frees its memory.</summary>
    public void Dispose(KeThread current) => current.Machine.Pool.Free((byte*)_words, CorePoolTags.Map);
}
