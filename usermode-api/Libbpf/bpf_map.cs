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

    internal bpf_object Owner { get; }

    internal NativeMapEntry Entry { get; }

    internal int Fd { get; set; } = -1;

    internal string? PinPath { get; set; }

    internal bool IsPinned { get; set; }
}
