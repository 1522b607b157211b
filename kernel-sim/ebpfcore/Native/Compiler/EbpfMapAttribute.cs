using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Native;

/// <summary>
/// Declares a map of a module, on a member of an enum nested in the module's class. The members are numbered from 0; a
/// program's body names its maps by them, <c>context.Map(Maps.Dropped)</c>.
/// </summary>
/// <param name="type">The map type.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class EbpfMapAttribute(BpfMapType type) : Attribute
{
    /// <summary>The map type.</summary>
    public BpfMapType Type { get; } = type;

    /// <summary>Name of the map, at most 63 bytes; null for the member's name.</summary>
    public string? Name { get; init; }

    /// <summary>Key size in bytes.</summary>
    public uint KeySize { get; init; }

    /// <summary>Size of one CPU's value in bytes; 4 in a map of maps or programs.</summary>
    public uint ValueSize { get; init; }

    /// <summary>Maximum number of entries; the size in bytes for a ring.</summary>
    public uint MaxEntries { get; init; }

    /// <summary>By name: one map shared by all modules that declare it alike, pinned at <c>/ebpf/global/</c> and its name.</summary>
    public EbpfPinType Pinning { get; init; }

    /// <summary>For a map of maps: the member (or name) of the map that is the template of the inner maps.</summary>
    public string? Inner { get; init; }

    /// <summary>
    /// The initial contents of a map of maps or programs: members, methods or names, indexed by key. An empty string leaves the key empty.
    /// </summary>
    public string[] Values { get; init; } = [];

    /// <summary>
    /// The initial contents of an array with one value, such as a C file's global variables: exactly the value's size. Empty for zeros.
    /// </summary>
    public byte[] Contents { get; init; } = [];
}
