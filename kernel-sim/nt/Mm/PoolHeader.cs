using System.Runtime.InteropServices;

namespace KernelSim.Nt.Mm;

/// <summary>The 16 bytes before every pool block. They tell a block from any other location in pool, and a live one from a freed one.</summary>
[StructLayout(LayoutKind.Sequential, Size = PoolHeader.Bytes)]
internal unsafe struct PoolHeader
{
    public const int Bytes = 16;

    /// <summary>The class of blocks that are allocated from the host individually.</summary>
    public const ushort LargeClass = ushort.MaxValue;

    private const ulong Live = 0xA110UL << 48;
    private const ulong Freed = 0xF4EEUL << 48;
    private const ulong StateMask = 0xFFFFUL << 48;
    private const int ContentBits = 48;

    // Tag in the low 32 bits, then class, then state: one word, so that freeing can be one atomic exchange.
    private ulong _identity;

    // In the low 48 bits: for a live block its size, for a freed one the host address of the next freed one. Above: a checksum of that and
    // of this header's address.
    private ulong _content;

    public readonly PoolTag Tag => new((uint)_identity);

    public readonly ushort SizeClass => (ushort)(_identity >> 32);

    /// <summary>A live block's size in bytes, as requested.</summary>
    public readonly nuint UserBytes => Content;

    private readonly nuint Content => (nuint)(_content & ((1UL << ContentBits) - 1));

    public readonly bool IsFreed => (_identity & StateMask) == Freed;

    public static PoolHeader* Of(byte* block) => (PoolHeader*)(block - Bytes);

    public static void Write(PoolHeader* header, PoolTag tag, int sizeClass, nuint userBytes)
    {
        SetContent(header, userBytes);
        header->_identity = tag.Value | ((ulong)(ushort)sizeClass << 32) | Live;
    }

    /// <summary>Whether this location holds a header that was written here.</summary>
    public static bool IsGenuine(PoolHeader* header) =>
        IsGenuineAt(*header, (ulong)header);

    /// <summary>Whether this is a copy of a header that was written at this location of the host process.</summary>
    public static bool IsGenuineAt(in PoolHeader copy, ulong location) =>
        (copy._identity & StateMask) is Live or Freed && copy._content >> ContentBits == Checksum(location, copy.Content);

    /// <summary>Links a freed block to the next freed one. The link is in the header, so that stale writes to the block do not corrupt it.</summary>
    public static void Link(PoolHeader* header, PoolHeader* next) => SetContent(header, (nuint)next);

    /// <summary>The next freed block after this one. False if this is no longer a freed block's header: it has been overwritten.</summary>
    public static bool TryGetLink(PoolHeader* header, out PoolHeader* next)
    {
        next = (PoolHeader*)header->Content;
        return header->IsFreed && IsGenuine(header);
    }

    /// <summary>Turns a live block into a freed one; false if another thread did so first.</summary>
    public static bool TryMarkFreed(PoolHeader* header)
    {
        ulong live = (header->_identity & ~StateMask) | Live;
        return Interlocked.CompareExchange(ref header->_identity, (live & ~StateMask) | Freed, live) == live;
    }

    private static void SetContent(PoolHeader* header, nuint content) =>
        header->_content = content | ((ulong)Checksum((ulong)header, content) << ContentBits);

    private static ushort Checksum(ulong location, nuint content)
    {
        ulong mixed = (location ^ ((ulong)content << 17)) * 0x9E3779B97F4A7C15;
        return (ushort)(mixed >> 48);
    }
}
