using KernelSim.Debugger.Targets;
using KernelSim.EbpfCore.Async;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Rings;

namespace KernelSim.Debugger.Structures;

/// <summary>A ring of records, of a ring buffer or a perf event array.</summary>
/// <param name="ring">The <see cref="Ring"/>.</param>
internal sealed class RingView(ITargetObject ring)
{
    private static readonly KernelField s_rings = KernelField.Of<RingMap>("_rings");
    private static readonly KernelField s_index = KernelField.Property<Ring>(nameof(Ring.Index));
    private static readonly KernelField s_capacity = KernelField.Of<Ring>("_capacity");
    private static readonly KernelField s_reserved = KernelField.Of<Ring>("_reserved");
    private static readonly KernelField s_memory = KernelField.Of<Ring>("_memory");
    private static readonly KernelField s_consumer = KernelField.Property<RingMemory>(nameof(RingMemory.Consumer));
    private static readonly KernelField s_producer = KernelField.Property<RingMemory>(nameof(RingMemory.Producer));
    private static readonly KernelField s_data = KernelField.Property<RingMemory>(nameof(RingMemory.Data));
    private static readonly KernelField s_query = KernelField.Property<Ring>(nameof(Ring.Query));
    private static readonly KernelField s_request = KernelField.Of<RingQuery>("_request");
    private static readonly KernelField s_irp = KernelField.Property<AsyncRequest>(nameof(AsyncRequest.Irp));

    /// <summary>Its index in the map.</summary>
    public int Index => (int)ring.Integer(s_index);

    /// <summary>Size of the data in bytes.</summary>
    public uint Capacity => (uint)ring.Integer(s_capacity);

    /// <summary>How far writers have reserved, by the kernel's own count.</summary>
    public ulong Reserved => ring.Pointer(s_reserved);

    /// <summary>The page that user mode writes, with the reader's offset.</summary>
    public SectionView Consumer => new(ring.Required(s_memory).Required(s_consumer));

    /// <summary>The page with the writers' offset and the count of lost records.</summary>
    public SectionView Producer => new(ring.Required(s_memory).Required(s_producer));

    /// <summary>The data, twice.</summary>
    public SectionView Data => new(ring.Required(s_memory).Required(s_data));

    /// <summary>The request that waits for a record; null if none does.</summary>
    public IrpView? Waiting => ring.Required(s_query).Object(s_request) is { } request ? new IrpView(request.Required(s_irp)) : null;

    /// <summary>The rings of a map; none for a map of another type.</summary>
    public static IEnumerable<RingView> Of(MapView map) => map.Object.Object is var target && target.Is(typeof(RingMap).FullName!)
        ? target.Array(s_rings).Objects().Select(r => new RingView(r))
        : [];
}
