using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

/// <summary>
/// An array of maps: <c>BPF_MAP_TYPE_ARRAY_OF_MAPS</c>. Every index below <see cref="BpfMap.MaxEntries"/> has a slot, initially empty. All
/// maps in it match the template that it was created with.
/// </summary>
public sealed class ArrayOfMaps : ObjectMap<uint>
{
    internal ArrayOfMaps(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }

    /// <summary>Stores a map in a slot, replacing any previous one.</summary>
    /// <param name="index">Index of the slot.</param>
    /// <param name="map">The map, open in the same session. It may be closed afterwards.</param>
    /// <exception cref="ArgumentException">The map is open in another session.</exception>
    /// <exception cref="BpfException">
    /// EINVAL: an index out of range, or the map does not match the template (<c>map.inner.type</c>, <c>map.inner.key_size</c>,
    /// <c>map.inner.value_size</c>, <c>map.inner.max_entries</c>: given and expected).
    /// </exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public void Set(uint index, BpfMap map) => Put(index, map, EbpfMapOption.Any);

    /// <summary>Empties a slot, which may already be empty: an update with the descriptor -1.</summary>
    /// <param name="index">Index of the slot.</param>
    /// <exception cref="BpfException">EINVAL: an index out of range.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public void Clear(uint index) => Put(index, ObjectValue.NoDescriptor, EbpfMapOption.Any);
}

public sealed partial class BpfSession
{
    /// <summary>Creates an array of maps, all slots empty.</summary>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="template">See <see cref="CreateHashOfMaps"/>.</param>
    /// <param name="length">Number of slots.</param>
    public ArrayOfMaps CreateArrayOfMaps(string name, BpfMap template, uint length) =>
        new(this, CreateOfMaps(BpfMapType.ArrayOfMaps, name, sizeof(uint), template, length));

    /// <summary>Opens an array of maps by its id. The type must be the map's own.</summary>
    /// <param name="id">Id of the map.</param>
    public ArrayOfMaps OpenArrayOfMaps(uint id) => new(this, Open<uint, uint>(BpfMapType.ArrayOfMaps, id));
}
