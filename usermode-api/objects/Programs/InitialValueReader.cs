using KernelSim.ObjectFiles.Elf;
using KernelSim.ObjectFiles.Maps;
using KernelSim.ObjectFiles.Rules;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Programs;

/// <summary>Reads what the field values of maps is initialised with: relocations of <c>.maps</c> that refer to maps or programs.</summary>
internal sealed class InitialValueReader(
    ElfFile file,
    IReadOnlyList<BtfMapVariable> definitions,
    MapPlaces places,
    IReadOnlyDictionary<(int Section, long Offset), int> programs,
    ObjectReading reading)
{
    private const int PointerSize = 8;

    private readonly Dictionary<int, SortedDictionary<uint, int>> _values = [];

    /// <summary>Adds the initial values to the maps.</summary>
    public bool TryRead(List<ObjectMap> maps)
    {
        if (file.Section(BtfMapReader.SectionName) is not { Size: > 0 } section || definitions.Count == 0)
        {
            return true;
        }

        if (!new RelocationReader(file, reading).TryRead(section, out List<ElfRelocation> relocations))
        {
            return false;
        }

        int[] inOrder = [.. Enumerable.Range(0, definitions.Count).OrderBy(i => definitions[i].Offset)];
        uint[] offsets = [.. inOrder.Select(i => definitions[i].Offset)];
        foreach (ElfRelocation relocation in relocations)
        {
            int at = Array.BinarySearch(offsets, (uint)relocation.Offset);
            at = at < 0 ? ~at - 1 : at;
            if (!reading.Require(at >= 0, CheckTable.MapsInitialPlace, relocation.FileOffset, "r_offset", relocation.Offset)
                || !TryReadValue(section, inOrder[at], relocation))
            {
                return false;
            }
        }

        foreach ((int map, SortedDictionary<uint, int> values) in _values)
        {
            maps[map] = maps[map] with { InitialValues = [.. values.Select(v => new InitialValue(v.Key, v.Value))] };
        }

        return true;
    }

    private bool TryReadValue(ElfSection section, int map, ElfRelocation relocation)
    {
        (MapDefinition definition, uint offset, uint size) = definitions[map];
        long place = relocation.FileOffset;
        long into = (long)relocation.Offset - offset - (definition.ValuesOffset ?? 0);
        string field = $"map '{definition.Map}': values";
        bool isElement = definition.ValuesOffset is not null && into >= 0 && into % PointerSize == 0
            && (long)relocation.Offset + PointerSize <= (long)offset + size;
        uint index = (uint)(into / PointerSize);
        ElfRelocationType type = relocation.Type;
        if (!reading.Require(isElement, CheckTable.MapsInitialPlace, place, field, relocation.Offset)
            || !reading.Require(type == ElfRelocationType.Data64, CheckTable.ElfRelocationType, place + 8, "r_info", (uint)type)
            || !reading.Require(index < definition.MaxEntries, CheckTable.MapsInitialIndex, place, field, index, definition.MaxEntries))
        {
            return false;
        }

        // The addend is in the section: not zero where the symbol is that of a section.
        long target = (long)relocation.Symbol.Value + (long)section.Bytes.U64((int)relocation.Offset);
        int? found = definition.HoldsMaps
            ? places.MapAt(relocation.Symbol.SectionIndex, target)
            : programs.TryGetValue((relocation.Symbol.SectionIndex, target), out int program) ? program : null;
        if (!reading.Require(found is not null, definition.HoldsMaps ? CheckTable.MapsInitialMap : CheckTable.MapsInitialProgram,
            place, field, target))
        {
            return false;
        }

        if (!_values.TryGetValue(map, out SortedDictionary<uint, int>? values))
        {
            _values.Add(map, values = []);
        }

        values[index] = found!.Value;
        return true;
    }
}
