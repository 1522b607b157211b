using System.Collections.Immutable;
using KernelSim.ObjectFiles.Rules;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Elf;

/// <summary>Reads the section header table.</summary>
internal static class SectionReader
{
    public static bool TryRead(FileBytes file, ElfHeader header, ObjectReading reading, out ImmutableArray<ElfSection> sections)
    {
        sections = [];
        FileBytes table = header.SectionHeaders;
        if (!TryReadNames(file, header, reading, out StringTable names))
        {
            return false;
        }

        ImmutableArray<ElfSection>.Builder found = ImmutableArray.CreateBuilder<ElfSection>(table.Length / ElfHeader.SectionHeaderLength);
        ulong total = 0;
        for (int i = 0; i < found.Capacity; i++)
        {
            FileBytes row = table.Slice(i * ElfHeader.SectionHeaderLength, ElfHeader.SectionHeaderLength);
            if (!TryReadRow(file, i, row, names, reading, out ElfSection? section))
            {
                return false;
            }

            total += (ulong)section.Bytes.Length;
            if (!reading.Require(total <= (ulong)file.Length, CheckTable.ElfSectionTotal, row.Offset + 32, "sh_size", total, (ulong)file.Length))
            {
                return false;
            }

            found.Add(section);
        }

        sections = found.MoveToImmutable();
        return true;
    }

    private static bool TryReadNames(FileBytes file, ElfHeader header, ObjectReading reading, out StringTable names)
    {
        names = StringTable.Empty;
        FileBytes row = header.SectionHeaders.Slice((int)header.NamesIndex * ElfHeader.SectionHeaderLength, ElfHeader.SectionHeaderLength);
        const uint strings = (uint)ElfSectionType.StrTab;
        if (!reading.Require(row.U32(4) == strings, CheckTable.ElfNamesType, row.Offset + 4, "sh_type", row.U32(4), strings)
            || !TryFindBytes(file, row, reading, out FileBytes bytes))
        {
            return false;
        }

        names = new StringTable(bytes);
        return true;
    }

    private static bool TryReadRow(
        FileBytes file, int index, FileBytes row, StringTable names, ObjectReading reading, out ElfSection section)
    {
        section = null!;
        ElfSectionType type = (ElfSectionType)row.U32(4);
        FileBytes bytes = default;
        string name = "";
        if (type != ElfSectionType.Null)
        {
            name = names.At(row.U32(0)) ?? "";
            if (!reading.Require(names.Has(row.U32(0)), CheckTable.ElfSectionName, row.Offset, "sh_name", row.U32(0))
                || (type != ElfSectionType.NoBits && !TryFindBytes(file, row, reading, out bytes)))
            {
                return false;
            }
        }

        section = new ElfSection(
            index, name, type, (ElfSectionFlags)row.U64(8), row.U64(24), row.U64(32), row.U32(40), row.U32(44), row.U64(56))
        {
            Bytes = bytes,
            HeaderOffset = row.Offset,
        };
        return true;
    }

    private static bool TryFindBytes(FileBytes file, FileBytes row, ObjectReading reading, out FileBytes bytes)
    {
        bytes = default;
        ulong length = (ulong)file.Length;
        ulong start = row.U64(24);
        ulong size = row.U64(32);
        if (!reading.Require(start <= length, CheckTable.ElfSectionRange, row.Offset + 24, "sh_offset", start, length)
            || !reading.Require(size <= length - start, CheckTable.ElfSectionRange, row.Offset + 32, "sh_size", size, length - start))
        {
            return false;
        }

        bytes = file.Slice((int)start, (int)size);
        return true;
    }
}
