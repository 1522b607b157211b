using System.Runtime.CompilerServices;
using KernelSim.Protocol;

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

public sealed partial class BpfSession
{
    /// <summary>Creates a stack.</summary>
    /// <typeparam name="T">A value: its bytes, padding included.</typeparam>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="maxEntries">Maximum number of values.</param>
    public StackMap<T> CreateStackMap<T>(string name, uint maxEntries)
        where T : unmanaged => new(this, Create(BpfMapType.Stack, name, keySize: 0, Unsafe.SizeOf<T>(), maxEntries));

    /// <summary>Opens a stack by its id. Type and value size must be the map's own.</summary>
    /// <typeparam name="T">A value.</typeparam>
    /// <param name="id">Id of the map.</param>
    public StackMap<T> OpenStackMap<T>(uint id)
        where T : unmanaged => new(this, Open(BpfMapType.Stack, id, keySize: 0, Unsafe.SizeOf<T>()));
}
