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
    private const int ContentBits = 48;

    // Tag in the low 32 bits, then class, then state: one word, so that freeing can be one atomic exchange.
    private ulong _identity;

    // Of a live block its size, of a freed one the host address of the next freed one, in the low 48 bits; above, a checksum of that and
    // this place.
    private ulong _content;

    public readonly PoolTag Tag => new((uint)_identity);

    public readonly ushort SizeClass => (ushort)(_identity >> 32);

    /// <summary>A live block's size, as asked for.</summary>
    public readonly nuint UserBytes => Content;

    private readonly nuint Content => (nuint)(_content & ((1UL << ContentBits) - 1));

    public readonly bool IsFreed => (_identity & StateMask) == Freed;

    public static PoolHeader* Of(byte* block) => (PoolHeader*)(block - Bytes);

    public static void Write(PoolHeader* header, PoolTag tag, int sizeClass, nuint userBytes)
    {
        SetContent(header, userBytes);
        header->_identity = tag.Value | ((ulong)(ushort)sizeClass << 32) | Live;
    }

    /// <summary>Whether this place holds a header that was written here.</summary>
    public static bool IsGenuine(PoolHeader* header) =>
        (header->_identity & StateMask) is Live or Freed && header->_content >> ContentBits == Checksum(header, header->Content);

    /// <summary>Links a freed block to the next freed one. The link is here, not in the block: who still writes to the block cannot bend it.</summary>
    public static void Link(PoolHeader* header, PoolHeader* next) => SetContent(header, (nuint)next);

    /// <summary>The next freed block after this one. False when this is no freed block's header any more: somebody has written over it.</summary>
    public static bool TryGetLink(PoolHeader* header, out PoolHeader* next)
    {
        next = (PoolHeader*)header->Content;
        return header->IsFreed && IsGenuine(header);
    }

    /// <summary>Turns a live block into a freed one; false when somebody else was faster.</summary>
    public static bool TryMarkFreed(PoolHeader* header)
    {
        ulong live = (header->_identity & ~StateMask) | Live;
        return Interlocked.CompareExchange(ref header->_identity, (live & ~StateMask) | Freed, live) == live;
    }

    private static void SetContent(PoolHeader* header, nuint content) =>
        header->_content = content | ((ulong)Checksum(header, content) << ContentBits);

    private static ushort Checksum(PoolHeader* header, nuint content)
    {
        ulong mixed = ((ulong)header ^ ((ulong)content << 17)) * 0x9E3779B97F4A7C15;
        return (ushort)(mixed >> 48);
    }
}
