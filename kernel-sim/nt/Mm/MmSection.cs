using System.Runtime.InteropServices;
using KernelSim.Nt.Ob;

namespace KernelSim.Nt.Mm;

/// <summary>
/// A section object: zero-filled pages that a driver makes, keeps resident and uses, and that processes with a handle map views of
/// (<c>ZwCreateSection</c> backed by the page file, with the driver's view locked). Born with one reference, the driver's.
/// </summary>
/// <remarks>
/// <para>
/// The pages count as pool under the driver's tag. They stay until the last reference goes, and each view holds one: a driver that is done
/// with a section drops its reference, and processes that still look at it see the bytes as they were.
/// </para>
/// <para>
/// What a process may write is hostile: whoever reads it in the kernel reads each number once and checks it before use. Bytes are shared
/// with user mode as they are; order between two of them is up to those who write and read them.
/// </para>
/// </remarks>
public sealed unsafe class MmSection : ObObject
{
    /// <summary>Bytes in a page.</summary>
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

    /// <summary>Bytes, whole pages.</summary>
    public uint Length { get; }

    /// <summary>The most that a view of it allows user mode.</summary>
    public PageProtection MaximumProtection { get; }

    /// <summary>Where the kernel sees it: a simulated address, for traces and messages.</summary>
    public ulong SystemAddress { get; }

    /// <summary>Its bytes. Good while the caller holds a reference.</summary>
    public byte* Memory => _memory;

    /// <summary>Views that processes have of it.</summary>
    public int ViewCount => Volatile.Read(ref _views);

    /// <summary>Makes a section: <c>ZwCreateSection</c>. Null when the pool's limit or the host refuses.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="length">Bytes, a multiple of <see cref="PageBytes"/>, not 0.</param>
    /// <param name="maximum">The most that a view may allow.</param>
    /// <param name="tag">Whose pages they are.</param>
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

    /// <summary>A view begins; it holds a reference of its own.</summary>
    internal void AddView()
    {
        Reference();
        lock (_lock)
        {
            _views++;
        }
    }

    /// <summary>A view's memory can no longer be looked at. No lock may be held: the section may go.</summary>
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

    /// <summary>The machine is over, whoever still holds references: the memory goes now, or with the last view that a call looks at.</summary>
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
