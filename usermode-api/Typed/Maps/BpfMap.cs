using KernelSim.Protocol;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

/// <summary>A map that a .NET program has open.</summary>
public abstract class BpfMap : IDisposable
{
    private readonly int _descriptor;
    private int _closed;

    private protected BpfMap(BpfSession session, OpenedMap opened)
    {
        Session = session;
        Shape = opened.Shape;
        _descriptor = opened.Descriptor;
    }

    /// <summary>The session in which the map was opened.</summary>
    public BpfSession Session { get; }

    /// <summary>Name of the map; empty if it has none.</summary>
    public string Name => Shape.Name;

    /// <summary>Its type.</summary>
    public BpfMapType Type => Shape.Type;

    /// <summary>The maximum number of entries that it was created with.</summary>
    public uint MaxEntries => Shape.MaxEntries;

    /// <summary>Bytes in a key.</summary>
    public int KeySize => (int)Shape.KeySize;

    /// <summary>The layout of one value in the map: value size, stride, slots.</summary>
    public PerCpuLayout ValueLayout => Shape.Layout;

    /// <summary>The map's descriptor, for libbpf-shaped calls of the same session.</summary>
    /// <exception cref="ObjectDisposedException">The map is closed.</exception>
    public int Descriptor
    {
        get
        {
            ObjectDisposedException.ThrowIf(_closed != 0, this);
            return _descriptor;
        }
    }

    /// <summary>The library's copy of the map's definition.</summary>
    internal MapShape Shape { get; }

    /// <summary>Number of elements in one message of a batch lookup: the natural size of a caller's spans. 0 if not even one fits.</summary>
    public int ElementsPerMessage => Shape.HasLayout ? Shape.Batch.LookupsPerMessage : 0;

    /// <summary>Closes the descriptor. The map itself is freed when nothing references it any more.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            Session.CloseDescriptor(_descriptor);
        }

        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Shape.Subject} ({BpfMapTypeNames.NameOf(Type)})";
}
