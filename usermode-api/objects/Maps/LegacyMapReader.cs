using KernelSim.ObjectFiles.Elf;
using KernelSim.ObjectFiles.Rules;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Maps;

/// <summary>Reads the definitions (<c>ebpf_map_definition_in_file_t</c>) in the sections <c>maps</c> and <c>maps/…</c>.</summary>
internal sealed class LegacyMapReader(ElfFile file, ObjectReading reading)
{
    private const string SectionName = "maps";
    private const int Fields = 8;
    private const int Smallest = 16;
    private const int MostMaps = 4096;
    private const int PinningPlace = 20;

    public static bool IsMapSection(ElfSection section) =>
        section.HasBytes && section.Size > 0
        && (section.Name == SectionName || section.Name.StartsWith($"{SectionName}/", StringComparison.Ordinal));

    /// <summary>Adds the maps of all such sections.</summary>
    public bool TryRead(List<ObjectMap> maps)
    {
        int first = maps.Count;
        return file.Sections.Where(IsMapSection).All(section => TryReadSection(section, maps)) && TryLink(maps, first);
    }

    private bool TryReadSection(ElfSection section, List<ObjectMap> maps)
    {
        ElfSymbol[] symbols = [.. file.SymbolsOf[section.Index].Where(s => s.IsObject || s.IsNoType)];
        uint size = (uint)symbols.Select(s => s.Size).Where(s => s > 0).DefaultIfEmpty(section.Size).Min();
        long place = section.HeaderOffset + 32;
        uint count = size == 0 ? 0 : (uint)section.Bytes.Length / size;
        if (!reading.Require(size >= Smallest, CheckTable.MapsLegacySize, place, section.Name, size, Smallest)
            || !reading.Require(section.Bytes.Length % size == 0, CheckTable.MapsLegacyRecords, place, section.Name, section.Bytes.Length, size)
            || !reading.Require(maps.Count + count <= MostMaps, CheckTable.MapsCount, place, section.Name, maps.Count + count, MostMaps))
        {
            return false;
        }

        string?[] names = new string?[count];
        foreach (ElfSymbol symbol in symbols)
        {
            if (!reading.Require(symbol.Value % size == 0, CheckTable.MapsLegacyPlace, file.OffsetOf(symbol) + 8, "st_value", symbol.Value, size))
            {
                return false;
            }

            if (symbol.Value < section.Size)
            {
                names[symbol.Value / size] ??= file.NameOf(symbol);
            }
        }

        for (int i = 0; i < count; i++)
        {
            FileBytes record = section.Bytes.Slice(i * (int)size, (int)size);
            if (!reading.Require(!string.IsNullOrEmpty(names[i]), CheckTable.MapsName, record.Offset, section.Name, i))
            {
                return false;
            }

            ObjectMap map = MapOf(section, record, i * size, names[i]!, maps.Count);
            const uint last = (uint)EbpfPinType.ByName;
            string field = $"map '{map.Name}': pinning";
            if (!reading.Require((uint)map.Pinning <= last, CheckTable.MapsPinning, record.Offset + PinningPlace, field, (uint)map.Pinning, last))
            {
                return false;
            }

            maps.Add(map);
        }

        return true;
    }

    private static ObjectMap MapOf(ElfSection section, FileBytes record, long offset, string name, int index)
    {
        uint Field(int i) => i < Fields && (i + 1) * 4 <= record.Length ? record.U32(i * 4) : 0;
        return new ObjectMap
        {
            Index = index,
            Name = name,
            Kind = ObjectMapKind.Legacy,
            Section = section.Name,
            SectionIndex = section.Index,
            SectionOffset = (uint)offset,
            Type = (BpfMapType)Field(0),
            KeySize = Field(1),
            ValueSize = Field(2),
            MaxEntries = Field(3),
            Pinning = (EbpfPinType)Field(5),
            Id = Field(6),
            InnerIndex = (int)Math.Min(Field(4), int.MaxValue),
            InnerId = Field(7),
            FileOffset = record.Offset,
        };
    }

    // Only a map of maps has an inner map: by its id where it gives one, else by its index among these maps.
    private bool TryLink(List<ObjectMap> maps, int first)
    {
        ObjectMap[] legacy = [.. maps[first..]];
        Dictionary<uint, int> byId = [];
        foreach (ObjectMap map in legacy.Where(m => m.Id != 0))
        {
            byId.TryAdd(map.Id, map.Index);
        }

        foreach (ObjectMap map in legacy)
        {
            string field = $"map '{map.Name}'";
            if (!reading.Require(map.Type != BpfMapType.Unspec, CheckTable.MapsTypeMissing, map.FileOffset, $"{field}: type", 0))
            {
                return false;
            }

            int inner = first + map.InnerIndex ?? 0;
            if (map.HoldsMaps && map.InnerId != 0)
            {
                if (!reading.Require(
                    byId.TryGetValue(map.InnerId, out inner), CheckTable.MapsLegacyInnerId, map.FileOffset + 28, $"{field}: inner_id", map.InnerId))
                {
                    return false;
                }
            }
            else if (map.HoldsMaps && !reading.Require(
                map.InnerIndex < legacy.Length,
                CheckTable.MapsLegacyInnerIndex,
                map.FileOffset + 16,
                $"{field}: inner_map_idx",
                map.InnerIndex ?? 0,
                legacy.Length))
            {
                return false;
            }

            maps[map.Index] = map.HoldsMaps ? map with { InnerIndex = inner, Inner = maps[inner] } : map with { InnerIndex = null };
        }

        return true;
    }
}
