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
