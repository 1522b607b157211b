using KernelSim.ObjectFiles.Elf;
using KernelSim.ObjectFiles.Rules;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Maps;

/// <summary>Makes an array map of one element of each section of global variables.</summary>
/// <param name="file">The tables of the file.</param>
/// <param name="types">Its types, if it has any.</param>
/// <param name="objectName">The file's name without <c>.o</c>, for the maps' names.</param>
/// <param name="reading">The file being read.</param>
internal sealed class DataMapReader(ElfFile file, BtfTypeTable? types, string objectName, ObjectReading reading)
{
    private const ulong LargestTotal = 64 << 20;

    private static readonly (string Name, ObjectMapKind Kind)[] s_kinds =
    [
        (".data", ObjectMapKind.Data),
        (".rodata", ObjectMapKind.ReadOnlyData),
        (".bss", ObjectMapKind.Bss),
    ];

    public static ObjectMapKind? KindOf(ElfSection section)
    {
        foreach ((string name, ObjectMapKind kind) in s_kinds)
        {
            if (section.Type is ElfSectionType.ProgBits or ElfSectionType.NoBits && section.Size > 0
                && (section.Name == name || section.Name.StartsWith($"{name}.", StringComparison.Ordinal)))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>Adds the maps of all such sections, and notes which section each is made of.</summary>
    public bool TryRead(List<ObjectMap> maps, Dictionary<int, int> bySection)
    {
        Dictionary<string, int> sectionTypes = new(StringComparer.Ordinal);
        foreach (BtfType type in types?.All() ?? [])
        {
            if (type.Kind == BtfKind.DataSection)
            {
                sectionTypes.TryAdd(type.Name, type.Id);
            }
        }

        ulong total = 0;
        RelocationReader relocations = new(file, reading);
        foreach (ElfSection section in file.Sections)
        {
            if (KindOf(section) is not { } kind)
            {
                continue;
            }

            long place = section.HeaderOffset;
            total = section.Size > LargestTotal ? section.Size : total + section.Size;
            if (!reading.Require(total <= LargestTotal, CheckTable.MapsDataSize, place + 32, section.Name, total, LargestTotal)
                || !relocations.TryRead(section, out List<ElfRelocation> found)
                || !reading.Require(found.Count == 0, CheckTable.MapsDataPointer,
                    found.Count == 0 ? 0 : found[0].FileOffset, section.Name, found.Count))
            {
                return false;
            }

            bySection.Add(section.Index, maps.Count);
            maps.Add(new ObjectMap
            {
                Index = maps.Count,
                Name = DataMapName.Of(objectName, section.Name),
                Kind = kind,
                Section = section.Name,
                SectionIndex = section.Index,
                Type = BpfMapType.Array,
                KeySize = sizeof(uint),
                ValueSize = (uint)section.Size,
                MaxEntries = 1,
                Contents = section.Bytes.Memory,
                ValueType = sectionTypes.GetValueOrDefault(section.Name),
            });
        }

        return true;
    }
}
