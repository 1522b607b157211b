using KernelSim.Protocol;

namespace KernelSim.UserMode;

/// <summary>
/// An array with a value for each index and possible CPU: <c>BPF_MAP_TYPE_PERCPU_ARRAY</c>. Every index below
/// <see cref="BpfMap.MaxEntries"/> always exists; deleting sets all CPUs' values of it to zeros.
/// </summary>
/// <typeparam name="TValue">One CPU's value, of any size.</typeparam>
public sealed class PerCpuArrayMap<TValue> : PerCpuMap<uint, TValue>
    where TValue : unmanaged
{
    internal PerCpuArrayMap(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }
}

public sealed partial class BpfSession
{
    /// <summary>Creates an array with a value for each index and CPU, all zero.</summary>
    /// <typeparam name="TValue">One CPU's value. It may have any size; the map pads it to a multiple of 8.</typeparam>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="length">Number of indexes.</param>
    public PerCpuArrayMap<TValue> CreatePerCpuArrayMap<TValue>(string name, uint length)
        where TValue : unmanaged => new(this, Create<uint, TValue>(BpfMapType.PercpuArray, name, length));

    /// <summary>Opens a per-CPU array by its id. Type and value size must be the map's own.</summary>
    /// <typeparam name="TValue">One CPU's value.</typeparam>
    /// <param name="id">Id of the map.</param>
    public PerCpuArrayMap<TValue> OpenPerCpuArrayMap<TValue>(uint id)
        where TValue : unmanaged => new(this, Open<uint, TValue>(BpfMapType.PercpuArray, id));
}
