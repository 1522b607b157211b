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
