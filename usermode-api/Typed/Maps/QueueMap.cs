using System.Runtime.CompilerServices;
using KernelSim.Protocol;

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

public sealed partial class BpfSession
{
    /// <summary>Creates a queue.</summary>
    /// <typeparam name="T">A value: its bytes, padding included.</typeparam>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="maxEntries">Maximum number of values.</param>
    public QueueMap<T> CreateQueueMap<T>(string name, uint maxEntries)
        where T : unmanaged => new(this, Create(BpfMapType.Queue, name, keySize: 0, Unsafe.SizeOf<T>(), maxEntries));

    /// <summary>Opens a queue by its id. Type and value size must be the map's own.</summary>
    /// <typeparam name="T">A value.</typeparam>
    /// <param name="id">Id of the map.</param>
    public QueueMap<T> OpenQueueMap<T>(uint id)
        where T : unmanaged => new(this, Open(BpfMapType.Queue, id, keySize: 0, Unsafe.SizeOf<T>()));
}
