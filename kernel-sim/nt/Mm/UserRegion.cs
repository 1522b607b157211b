using System.Runtime.CompilerServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Mm;

/// <summary>
/// A run of user addresses with host memory behind it. Never touches another region: accesses past its end fault. Fields that
/// change are written under the address space's lock and read without it.
/// </summary>
internal sealed unsafe class UserRegion(ulong start, uint length, byte* memory, PageProtection protection)
{
    public const uint PageBytes = 4096;

    // Both false if pages differ, and once the region is gone: then the slow path decides.
    private volatile bool _allReadable = protection != PageProtection.NoAccess;
    private volatile bool _allWritable = protection == PageProtection.ReadWrite;
    private PageProtection _protection = protection;
    private PageProtection[]? _pages;

    public ulong Start => start;

    public uint Length => length;

    public byte* Memory => memory;

    /// <summary>True for a block of the guarded heap.</summary>
    public bool IsHeapBlock { get; init; }

    /// <summary>The section that this is a view of, whose memory it shows; null for the process's own memory.</summary>
    public MmSection? Section { get; init; }

    public ulong End => start + length;

    public bool Contains(ulong address) => address - start < length;

    /// <summary>The common case of an access: wholly inside, and the same protection everywhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool AllowsQuickly(ulong address, uint bytes, MemoryAccess access)
    {
        ulong offset = address - start;
        return offset < length && bytes <= length - offset && (access == MemoryAccess.Read ? _allReadable : _allWritable);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Bytes(ulong address, uint bytes) => new(memory + (address - start), (int)bytes);

    /// <summary>The first byte at or after an address that does not allow the access; <see cref="End"/> if there is none in this region.</summary>
    public ulong FirstBad(ulong address, MemoryAccess access)
    {
        if (_pages is null)
        {
            return Allows(_protection, access) ? End : address;
        }

        for (ulong at = address; at < End; at = (at | (PageBytes - 1)) + 1)
        {
            if (!Allows(_pages[PageOf(at)], access))
            {
                return at;
            }
        }

        return End;
    }

    /// <summary>Changes the protection of every page that the range touches.</summary>
    public void Protect(ulong address, uint bytes, PageProtection wanted)
    {
        if (_pages is null)
        {
            _pages = new PageProtection[PageOf(End - 1) + 1];
            Array.Fill(_pages, _protection);
        }

        int first = PageOf(address);
        int last = PageOf(address + bytes - 1);
        _pages.AsSpan(first, last - first + 1).Fill(wanted);
        _protection = _pages[0];
        if (Array.TrueForAll(_pages, p => p == _protection))
        {
            _pages = null;
        }

        _allReadable = _pages is null && Allows(_protection, MemoryAccess.Read);
        _allWritable = _pages is null && Allows(_protection, MemoryAccess.Write);
    }

    /// <summary>Makes the whole region inaccessible; a cached lookup that still finds it fails.</summary>
    public void Withdraw()
    {
        _allReadable = false;
        _allWritable = false;
        _pages = null;
        _protection = PageProtection.NoAccess;
    }

    private static bool Allows(PageProtection protection, MemoryAccess access) =>
        access == MemoryAccess.Read ? protection != PageProtection.NoAccess : protection == PageProtection.ReadWrite;

    private int PageOf(ulong address) => (int)((address / PageBytes) - (start / PageBytes));
}
