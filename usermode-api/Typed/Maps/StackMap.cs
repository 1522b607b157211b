namespace KernelSim.UserMode;

/// <summary>A last-in, first-out stack of values: <c>BPF_MAP_TYPE_STACK</c>.</summary>
/// <typeparam name="T">A value: its bytes, padding included.</typeparam>
public sealed class StackMap<T> : CircularMap<T>
    where T : unmanaged
{
    internal StackMap(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }
}
