using System.Runtime.InteropServices;

namespace KernelSim.Nt.Mm;

/// <summary>The 16 bytes in front of every pool block. They tell a block from any other place in pool, and a live one from a freed one.</summary>
[StructLayout(LayoutKind.Sequential, Size = PoolHeader.Bytes)]
internal unsafe struct PoolHeader
{
    public const int Bytes = 16;

    /// <summary>The class of blocks that came from the host one by one.</summary>
    public const ushort LargeClass = ushort.MaxValue;

    private const ulong Live = 0xA110UL << 48;
    private const ulong Freed = 0xF4EEUL << 48;
    private const ulong StateMask = 0xFFFFUL << 48;
    private const int SizeBits = 48;

    // Tag in the low 32 bits, then class, then state: one word, so that freeing can be one atomic exchange.
    private ulong _identity;

    // Size in the low 48 bits; above, a checksum of size and address.
    private ulong _size;

    public readonly PoolTag Tag => new((uint)_identity);

    public readonly ushort SizeClass => (ushort)(_identity >> 32);

    public readonly nuint UserBytes => (nuint)(_size & ((1UL << SizeBits) - 1));

    public readonly bool IsFreed => (_identity & StateMask) == Freed;

    public static PoolHeader* Of(byte* block) => (PoolHeader*)(block - Bytes);

    public static void Write(PoolHeader* header, PoolTag tag, int sizeClass, nuint userBytes)
    {
        header->_size = userBytes | ((ulong)Checksum(header, userBytes) << SizeBits);
        header->_identity = tag.Value | ((ulong)(ushort)sizeClass << 32) | Live;
    }

    /// <summary>Whether this place holds a header that <see cref="Write"/> wrote here.</summary>
    public static bool IsGenuine(PoolHeader* header) =>
        (header->_identity & StateMask) is Live or Freed && header->_size >> SizeBits == Checksum(header, header->UserBytes);

    /// <summary>Turns a live block into a freed one; false when somebody else was faster.</summary>
    public static bool TryMarkFreed(PoolHeader* header)
    {
        ulong live = (header->_identity & ~StateMask) | Live;
        return Interlocked.CompareExchange(ref header->_identity, (live & ~StateMask) | Freed, live) == live;
    }

    private static ushort Checksum(PoolHeader* header, nuint userBytes)
    {
        ulong mixed = ((ulong)header ^ ((ulong)userBytes << 17)) * 0x9E3779B97F4A7C15;
        return (ushort)(mixed >> 48);
    }
}
