using KernelSim.Protocol;

namespace KernelSim.UserMode;

/// <summary>
/// An array of values: <c>BPF_MAP_TYPE_ARRAY</c>. Every index below <see cref="BpfMap.MaxEntries"/> always exists; deleting sets its value
/// to zeros.
/// </summary>
/// <typeparam name="TValue">A value: its bytes, padding included.</typeparam>
public sealed class ArrayMap<TValue> : ValueMap<uint, TValue>
    where TValue : unmanaged
{
    internal ArrayMap(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }
}

public sealed partial class BpfSession
{
    /// <summary>Creates an array of values, all zero.</summary>
    /// <typeparam name="TValue">A value: its bytes, padding included.</typeparam>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="length">Number of values.</param>
    public ArrayMap<TValue> CreateArrayMap<TValue>(string name, uint length)
        where TValue : unmanaged => new(this, Create<uint, TValue>(BpfMapType.Array, name, length));

    /// <summary>Opens an array by its id. Type and value size must be the map's own.</summary>
    /// <typeparam name="TValue">A value.</typeparam>
    /// <param name="id">Id of the map.</param>
    public ArrayMap<TValue> OpenArrayMap<TValue>(uint id)
        where TValue : unmanaged => new(this, Open<uint, TValue>(BpfMapType.Array, id));
}
