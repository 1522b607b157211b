using System.Collections.Immutable;
using KernelSim.ObjectFiles.Rules;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Elf;

/// <summary>Reads the symbol table.</summary>
internal static class SymbolReader
{
    private const uint MostSymbols = 262_144;

    public static bool TryRead(ImmutableArray<ElfSection> sections, ObjectReading reading, out ElfFile file)
    {
        file = null!;
        ElfSection[] tables = [.. sections.Where(s => s.Type == ElfSectionType.SymTab)];
        long place = sections[0].HeaderOffset;
        if (!reading.Require(tables.Length == 1, CheckTable.ElfSymbolTables, place, "sh_type", tables.Length, 1))
        {
            return false;
        }

        ElfSection table = tables[0];
        long header = table.HeaderOffset;
        if (!reading.Require(table.EntrySize == ElfSymbol.Length, CheckTable.ElfSymbolSize,
            header + 56, "sh_entsize", table.EntrySize, ElfSymbol.Length)
            || !reading.Require(table.Size % ElfSymbol.Length == 0, CheckTable.ElfSymbolsWhole, header + 32, "sh_size", table.Size, ElfSymbol.Length)
            || !reading.Require(table.Size / ElfSymbol.Length <= MostSymbols, CheckTable.ElfSymbolCount, header + 32, "sh_size",
                table.Size / ElfSymbol.Length, MostSymbols)
            || !reading.Require(table.Link < sections.Length, CheckTable.ElfSymbolNames, header + 40, "sh_link", table.Link, sections.Length))
        {
            return false;
        }

        ElfSection names = sections[(int)table.Link];
        const uint strings = (uint)ElfSectionType.StrTab;
        uint type = (uint)names.Type;
        if (!reading.Require(type == strings, CheckTable.ElfSymbolNamesType, names.HeaderOffset + 4, "sh_type", type, strings))
        {
            return false;
        }

        file = new ElfFile
        {
            Sections = sections,
            SymbolTable = table,
            Symbols = new ElfSymbol[table.Bytes.Length / ElfSymbol.Length],
            SymbolNames = new StringTable(names.Bytes),
        };
        return TryReadRows(file, reading);
    }

    private static bool TryReadRows(ElfFile file, ObjectReading reading)
    {
        for (int i = 0; i < file.Symbols.Length; i++)
        {
            FileBytes row = file.SymbolTable.Bytes.Slice(i * ElfSymbol.Length, ElfSymbol.Length);
            ElfSymbol symbol = new(i, row.U32(0), row.Span[4], row.U16(6), row.U64(8), row.U64(16));
            int count = file.Sections.Length;
            bool isNamed = symbol.NameOffset == 0 || file.SymbolNames.Has(symbol.NameOffset);
            if (!reading.Require(isNamed, CheckTable.ElfSymbolName, row.Offset, "st_name", symbol.NameOffset))
            {
                return false;
            }

            if (symbol.HasSection
                && (!reading.Require(symbol.SectionIndex < count, CheckTable.ElfSymbolSection, row.Offset + 6, "st_shndx", symbol.SectionIndex, count)
                    || !IsInside(symbol, file.Sections[symbol.SectionIndex], row.Offset, reading)))
            {
                return false;
            }

            file.Symbols[i] = symbol;
        }

        return true;
    }

    private static bool IsInside(ElfSymbol symbol, ElfSection section, long place, ObjectReading reading) =>
        reading.Require(symbol.Value <= section.Size, CheckTable.ElfSymbolRange, place + 8, "st_value", symbol.Value, section.Size)
        && reading.Require(
            symbol.Size <= section.Size - symbol.Value, CheckTable.ElfSymbolRange, place + 16, "st_size", symbol.Size, section.Size - symbol.Value);
}
