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

    /// <summary>The session that it was opened in.</summary>
    public BpfSession Session { get; }

    /// <summary>Its name.</summary>
    public string Name => Shape.Name;

    /// <summary>Its type.</summary>
    public BpfMapType Type => Shape.Type;

    /// <summary>The number of entries that it was created for.</summary>
    public uint MaxEntries => Shape.MaxEntries;

    /// <summary>Bytes in a key.</summary>
    public int KeySize => (int)Shape.KeySize;

    /// <summary>How one value lies in the map: value size, stride, slots.</summary>
    public PerCpuLayout ValueLayout => Shape.Layout;

    /// <summary>Its descriptor, for libbpf-shaped calls of the same session.</summary>
    /// <exception cref="ObjectDisposedException">The map is closed.</exception>
    public int Descriptor
    {
        get
        {
            ObjectDisposedException.ThrowIf(_closed != 0, this);
            return _descriptor;
        }
    }

    /// <summary>What the library knows of it.</summary>
    internal MapShape Shape { get; }

    /// <summary>Elements that one message of a batch lookup carries: the natural size of a caller's spans. 0 when not even one fits.</summary>
    public int ElementsPerMessage => Shape.HasLayout ? Shape.Batch.LookupsPerMessage : 0;

    /// <summary>Closes it. The map itself goes away when nobody holds it any more.</summary>
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
