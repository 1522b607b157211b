using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Native;

/// <summary>
/// Declares a map of a module, on a member of an enumeration that is nested in the module's class. The members are numbered from 0: a
/// program's body names its maps by them, <c>context.Map(Maps.Dropped)</c>, which is an index when it runs.
/// </summary>
/// <param name="type">The map's type.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class EbpfMapAttribute(BpfMapType type) : Attribute
{
    /// <summary>The map's type.</summary>
    public BpfMapType Type { get; } = type;

    /// <summary>Its name, at most 63 bytes; null for the member's.</summary>
    public string? Name { get; init; }

    /// <summary>Bytes of a key.</summary>
    public uint KeySize { get; init; }

    /// <summary>Bytes of one CPU's value; 4 in a map of maps or programs.</summary>
    public uint ValueSize { get; init; }

    /// <summary>Largest number of entries; bytes of a ring.</summary>
    public uint MaxEntries { get; init; }

    /// <summary>By name: one map for all modules that declare it alike, kept at <c>/ebpf/global/</c> and its name.</summary>
    public EbpfPinType Pinning { get; init; }

    /// <summary>For a map of maps: the member (or name) of the map that those in it are like.</summary>
    public string? Inner { get; init; }

    /// <summary>
    /// What a map of maps or programs holds from the start: members, methods or names, the position being the key. Empty: nothing there.
    /// </summary>
    public string[] Values { get; init; } = [];
}
