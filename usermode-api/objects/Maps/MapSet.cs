using KernelSim.ObjectFiles.Elf;
using KernelSim.ObjectFiles.Rules;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Maps;

/// <summary>All maps of a file, in libbpf's order: those that it defines, then those of its global variables.</summary>
internal sealed class MapSet(ElfFile file, BtfTypeTable? types, string objectName, ObjectReading reading)
{
    private List<BtfMapVariable> _definitions = [];

    /// <summary>The maps. Their initial values are added when the programs are known.</summary>
    public List<ObjectMap> Maps { get; } = [];

    /// <summary>The definitions by BTF, which are the first maps.</summary>
    public IReadOnlyList<BtfMapVariable> Definitions => _definitions;

    /// <summary>The maps of global variables, by the index of their section.</summary>
    public Dictionary<int, int> OfSection { get; } = [];

    public bool TryRead()
    {
        if (!new BtfMapReader(file, types, reading).TryRead(out _definitions))
        {
            return false;
        }

        int section = file.Section(BtfMapReader.SectionName)?.Index ?? 0;
        foreach (BtfMapVariable map in _definitions)
        {
            Maps.Add(map.Definition.ToMap(Maps.Count, section, map.Offset) with
            {
                InnerIndex = InnerOf(map.Definition),
                FileOffset = map.Definition.Struct.FileOffset,
            });
        }

        return new LegacyMapReader(file, reading).TryRead(Maps)
            && AreUnique()
            && new DataMapReader(file, types, objectName, reading).TryRead(Maps, OfSection);
    }

    // A template that is the type of another map of the file, as with typeof, is that map's definition.
    private int? InnerOf(MapDefinition map)
    {
        int at = map.Inner is { } inner ? _definitions.FindIndex(d => d.Definition.Struct == inner.Struct) : -1;
        return at < 0 ? null : at;
    }

    private bool AreUnique()
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        return Maps.All(map => reading.Require(names.Add(map.Name), CheckTable.MapsUnique, map.FileOffset, $"map '{map.Name}'", 2));
    }
}
