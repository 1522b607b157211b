using KernelSim.ObjectFiles;
using KernelSim.Protocol;
using KernelSim.Protocol.Modules;

namespace KernelSim.UserMode;

/// <summary>A map of a <see cref="bpf_object"/>: <c>struct bpf_map</c>. It has a descriptor while the object is loaded.</summary>
public sealed class bpf_map
{
    internal bpf_map(bpf_object owner, NativeMapEntry entry, string pinRoot)
    {
        Owner = owner;
        Entry = entry;
        PinPath = entry.Pinning == EbpfPinType.ByName ? $"{pinRoot}/{entry.Name}" : null;
    }

    internal bpf_map(bpf_object owner, ObjectMap map, string pinRoot)
        : this(
            owner,
            new NativeMapEntry(map.Name, map.Type, map.KeySize, map.ValueSize, map.MaxEntries, map.Pinning, map.Inner?.Name),
            pinRoot)
    {
        Source = map;
    }

    internal bpf_object Owner { get; }

    /// <summary>Its definition in an object file; null in a native module.</summary>
    internal ObjectMap? Source { get; }

    internal NativeMapEntry Entry { get; }

    internal int Fd { get; set; } = -1;

    internal string? PinPath { get; set; }

    internal bool IsPinned { get; set; }

    /// <summary>Whether it is one that was pinned before.</summary>
    internal bool IsReused { get; set; }
}
