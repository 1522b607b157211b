namespace KernelSim.UserMode;

/// <summary>A first-in, first-out queue of values: <c>BPF_MAP_TYPE_QUEUE</c>.</summary>
/// <typeparam name="T">A value: its bytes, padding included.</typeparam>
public sealed class QueueMap<T> : CircularMap<T>
    where T : unmanaged
{
    internal QueueMap(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }
}
