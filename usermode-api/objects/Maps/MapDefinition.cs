using KernelSim.Protocol;

namespace KernelSim.ObjectFiles.Maps;

/// <summary>The attributes that the BTF type of a map states, while they are read.</summary>
/// <param name="map">The map's name, for messages.</param>
/// <param name="type">The struct that defines it.</param>
/// <param name="isInner">Whether it is the template of a map of maps.</param>
internal sealed class MapDefinition(string map, BtfType type, bool isInner)
{
    public string Map => map;

    public BtfType Struct => type;

    public bool IsInner => isInner;

    public BpfMapType Type { get; set; }

    public uint? KeySize { get; set; }

    public uint? ValueSize { get; set; }

    public uint MaxEntries { get; set; }

    public uint Flags { get; set; }

    public EbpfPinType Pinning { get; set; }

    public int KeyType { get; set; }

    public int ValueType { get; set; }

    /// <summary>The template of the inner maps.</summary>
    public MapDefinition? Inner { get; set; }

    /// <summary>Where in the variable the field values starts, in bytes; null for a map without.</summary>
    public uint? ValuesOffset { get; set; }

    public bool HoldsMaps => Type is BpfMapType.ArrayOfMaps or BpfMapType.HashOfMaps;

    public ObjectMap ToMap(int index, int section, uint offset) => new()
    {
        Index = index,
        Name = map,
        Kind = ObjectMapKind.Btf,
        Section = BtfMapReader.SectionName,
        SectionIndex = section,
        SectionOffset = offset,
        Type = Type,
        KeySize = KeySize ?? 0,
        ValueSize = ValueSize ?? 0,
        MaxEntries = MaxEntries,
        Flags = Flags,
        Pinning = isInner ? EbpfPinType.None : Pinning,
        KeyType = KeyType,
        ValueType = ValueType,
        Inner = Inner?.ToMap(-1, section, 0),
    };
}
