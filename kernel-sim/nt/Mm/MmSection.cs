using System.Runtime.InteropServices;
using KernelSim.Nt.Ob;

namespace KernelSim.Nt.Mm;

/// <summary>
/// A section object: zero-filled pages that a driver creates, keeps resident and uses, and that processes map views of through a handle
/// (<c>ZwCreateSection</c> backed by the page file, with the driver's view locked). Created with one reference, the driver's.
/// </summary>
/// <remarks>
/// <para>
/// The pages count as pool under the driver's tag. They live until the last reference is dropped, and each view holds one: when a driver drops
/// its reference, processes that still have a view see the bytes as they were.
/// </para>
/// <para>
/// Bytes that a process may write are untrusted: kernel code reads each number once and checks it before use. Bytes are shared
/// with user mode without synchronization; ordering accesses is up to the readers and writers.
/// </para>
/// </remarks>
public sealed unsafe class MmSection : ObObject
{
    /// <summary>Size of a page in bytes.</summary>
    public const uint PageBytes = UserRegion.PageBytes;

    private readonly PoolTag _tag;
    private readonly Lock _lock = new();
    private byte* _memory;
    private int _views;
    private bool _abandoned;

    private MmSection(Machine machine, byte* memory, uint length, PageProtection maximum, PoolTag tag)
        : base(machine, "Section")
    {
        _memory = memory;
        _tag = tag;
        Length = length;
        MaximumProtection = maximum;
        SystemAddress = machine.Pool.ReserveAddresses(length);
        machine.Sections.Add(this);
    }

    /// <summary>Size of the section in bytes, whole pages.</summary>
    public uint Length { get; }

    /// <summary>The most permissive protection that a view may have.</summary>
    public PageProtection MaximumProtection { get; }

    /// <summary>Simulated kernel address of the pages, for traces and messages.</summary>
    public ulong SystemAddress { get; }

    /// <summary>Host address of the pages. Valid while the caller holds a reference.</summary>
    public byte* Memory => _memory;

    /// <summary>Number of views that processes have of it.</summary>
    public int ViewCount => Volatile.Read(ref _views);

    /// <summary>Creates a section: <c>ZwCreateSection</c>. Null if the pool's limit or the host refuses.</summary>
    /// <param name="machine">The machine that it belongs to.</param>
    /// <param name="length">Size in bytes: a multiple of <see cref="PageBytes"/>, not 0.</param>
    /// <param name="maximum">The most permissive protection that a view may have.</param>
    /// <param name="tag">Pool tag that the pages count under.</param>
    public static MmSection? Create(Machine machine, uint length, PageProtection maximum, PoolTag tag)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentOutOfRangeException.ThrowIfZero(length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(length % PageBytes, 0u);
        if (!machine.Pool.TryChargePages(length, tag))
        {
            return null;
        }

        byte* memory;
        try
        {
            memory = (byte*)NativeMemory.AllocZeroed(length);
        }
        catch (OutOfMemoryException)
        {
            machine.Pool.ReturnPages(length, tag);
            return null;
        }

        return new MmSection(machine, memory, length, maximum, tag);
    }

    /// <inheritdoc/>
    protected override void Destroy()
    {
        Machine.Sections.Remove(this);
        lock (_lock)
        {
            FreeLocked();
        }

        Machine.Pool.ReturnPages(Length, _tag);
    }

    /// <summary>Adds a view, which holds a reference of its own.</summary>
    internal void AddView()
    {
        Reference();
        lock (_lock)
        {
            _views++;
        }
    }

    /// <summary>Removes a view whose memory can no longer be accessed. The caller must hold no lock: this may free the section.</summary>
    internal void RemoveView()
    {
        lock (_lock)
        {
            _views--;
            if (_abandoned && _views == 0)
            {
                FreeLocked();
            }
        }

        Dereference();
    }

    /// <summary>The machine is shutting down: frees the memory now, references or not, or with the last view that a call is using.</summary>
    internal void Abandon()
    {
        lock (_lock)
        {
            _abandoned = true;
            if (_views == 0)
            {
                FreeLocked();
            }
        }
    }

    private void FreeLocked()
    {
        NativeMemory.Free(_memory);
        _memory = null;
    }
}
