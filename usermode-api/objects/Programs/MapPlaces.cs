using KernelSim.ObjectFiles.Elf;
using KernelSim.ObjectFiles.Rules;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Programs;

/// <summary>Which map is where: by section and offset for definitions, by section for global variables.</summary>
internal sealed class MapPlaces
{
    private readonly IReadOnlyList<ObjectMap> _maps;
    private readonly IReadOnlyDictionary<int, int> _variables;
    private readonly Dictionary<(int Section, long Offset), int> _definitions = [];
    private readonly HashSet<int> _definitionSections = [];

    /// <summary>Places the maps of a file.</summary>
    /// <param name="maps">All maps.</param>
    /// <param name="variables">The maps of global variables, by section.</param>
    public MapPlaces(IReadOnlyList<ObjectMap> maps, IReadOnlyDictionary<int, int> variables)
    {
        _maps = maps;
        _variables = variables;
        foreach (ObjectMap map in maps.Where(m => !m.HoldsVariables))
        {
            _definitionSections.Add(map.SectionIndex);
            _definitions.TryAdd((map.SectionIndex, map.SectionOffset), map.Index);
        }
    }

    /// <summary>The map that starts at a place; null for none.</summary>
    public int? MapAt(int section, long offset) => _definitions.TryGetValue((section, offset), out int map) ? map : null;

    /// <summary>What the address of a symbol, and an offset, refers to.</summary>
    public bool TryFind(ElfSymbol symbol, long target, long place, string name, ObjectReading reading, ref CodeReference reference)
    {
        string field = $"address of '{name}'";
        if (_variables.TryGetValue(symbol.SectionIndex, out int variables))
        {
            long size = _maps[variables].ValueSize;
            reference = reference with { Kind = CodeReferenceKind.MapValue, Target = variables, Offset = (uint)target };
            return reading.Require(target >= 0 && target < size, CheckTable.ElfDataReference, place, field, target, size);
        }

        int? map = MapAt(symbol.SectionIndex, target);
        reference = reference with { Kind = CodeReferenceKind.Map, Target = map ?? -1 };
        return reading.Require(_definitionSections.Contains(symbol.SectionIndex), CheckTable.ElfReferenceSection, place, field, symbol.SectionIndex)
            && reading.Require(map is not null, CheckTable.ElfMapReference, place, field, target);
    }
}
