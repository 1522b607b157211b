using KernelSim.ObjectFiles.Rules;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Elf;

/// <summary>Reads the relocations of code, maps and global variables; those of debug information are not needed.</summary>
internal sealed class RelocationReader(ElfFile file, ObjectReading reading)
{
    private readonly ILookup<uint, ElfSection> _byTarget =
        file.Sections.Where(s => s.Type is ElfSectionType.Rel or ElfSectionType.Rela && s.Size > 0).ToLookup(s => s.Info);

    /// <summary>Whether the sections that relocations change exist, for all of them.</summary>
    public static bool HaveTargets(ElfFile file, ObjectReading reading) =>
        file.Sections.Where(s => s.Type == ElfSectionType.Rel).All(section => reading.Require(
            section.Info < file.Sections.Length,
            CheckTable.ElfRelocationTarget,
            section.HeaderOffset + 44,
            "sh_info",
            section.Info,
            file.Sections.Length));

    /// <summary>The relocations that change a section, in the order of the file.</summary>
    public bool TryRead(ElfSection target, out List<ElfRelocation> relocations)
    {
        relocations = [];
        foreach (ElfSection section in _byTarget[(uint)target.Index])
        {
            if (!IsTable(section) || !TryReadRows(section, target, relocations))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsTable(ElfSection section)
    {
        long header = section.HeaderOffset;
        const uint rel = (uint)ElfSectionType.Rel;
        const int length = ElfRelocation.Length;
        int table = file.SymbolTable.Index;
        return reading.Require(section.Type == ElfSectionType.Rel, CheckTable.ElfRelocationAddend, header + 4, "sh_type", (uint)section.Type, rel)
            && reading.Require(section.EntrySize == length, CheckTable.ElfRelocationSize, header + 56, "sh_entsize", section.EntrySize, length)
            && reading.Require(section.Size % length == 0, CheckTable.ElfRelocationsWhole, header + 32, "sh_size", section.Size, length)
            && reading.Require(section.Link == table, CheckTable.ElfRelocationSymbols, header + 40, "sh_link", section.Link, table);
    }

    private bool TryReadRows(ElfSection section, ElfSection target, List<ElfRelocation> relocations)
    {
        int symbols = file.Symbols.Length;
        for (int at = 0; at < section.Bytes.Length; at += ElfRelocation.Length)
        {
            FileBytes row = section.Bytes.Slice(at, ElfRelocation.Length);
            ulong offset = row.U64(0);
            uint symbol = row.U32(12);
            if (!reading.Require(symbol < symbols, CheckTable.ElfRelocationSymbol, row.Offset + 8, "r_info", symbol, symbols)
                || !reading.Require(offset <= target.Size && target.Size - offset >= 8, CheckTable.ElfRelocationOffset,
                    row.Offset, "r_offset", offset,
                    target.Size < 8 ? 0 : target.Size - 8))
            {
                return false;
            }

            relocations.Add(new ElfRelocation(row.Offset, offset, (ElfRelocationType)row.U32(8), file.Symbols[symbol]));
        }

        return true;
    }
}
