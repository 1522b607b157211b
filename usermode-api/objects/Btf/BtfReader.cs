using KernelSim.ObjectFiles.Elf;
using KernelSim.ObjectFiles.Rules;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Btf;

/// <summary>Reads and checks the section <c>.BTF</c>.</summary>
internal static class BtfReader
{
    /// <summary>The section's name.</summary>
    public const string SectionName = ".BTF";

    private const int HeaderLength = 24;
    private const int TypeHeader = 12;
    private const ushort Magic = 0xeb9f;
    private const int MostTypes = 262_144;

    public static bool TryRead(FileBytes section, ObjectReading reading, out BtfTypeTable types)
    {
        types = null!;
        if (!TryFindParts(section, reading, out FileBytes records, out FileBytes strings) || !TryFindTypes(records, reading, out List<int> starts))
        {
            return false;
        }

        types = new BtfTypeTable(records, [.. starts], new StringTable(strings));
        return new BtfValidator(records, starts, types.Strings, reading).Validate();
    }

    private static bool TryFindParts(FileBytes section, ObjectReading reading, out FileBytes types, out FileBytes strings)
    {
        types = strings = default;
        long at = section.Offset;
        if (!reading.Require(section.Length >= HeaderLength, CheckTable.BtfHeaderSize, at, "sh_size", section.Length, HeaderLength)
            || !reading.Require(section.U16(0) == Magic, CheckTable.BtfMagic, at, "magic", section.U16(0), Magic)
            || !reading.Require(section.Span[2] == 1, CheckTable.BtfVersion, at + 2, "version", section.Span[2], 1))
        {
            return false;
        }

        uint header = section.U32(4);
        if (!reading.Require(header >= HeaderLength && header <= section.Length, CheckTable.BtfHeaderLength, at + 4, "hdr_len", header))
        {
            return false;
        }

        FileBytes body = section.Slice((int)header, section.Length - (int)header);
        return reading.Require(section.U32(8) % 4 == 0, CheckTable.BtfTypesAligned, at + 8, "type_off", section.U32(8), 4)
            && TrySlice(body, section, 8, "type_off", "type_len", CheckTable.BtfTypesRange, reading, out types)
            && TrySlice(body, section, 16, "str_off", "str_len", CheckTable.BtfStringsRange, reading, out strings)
            && reading.Require(strings.Length > 0, CheckTable.BtfStringsRange, at + 20, "str_len", 0, 1)
            && reading.Require(strings.Span[0] == 0, CheckTable.BtfStringsEnds, strings.Offset, "first string", strings.Span[0])
            && reading.Require(strings.Span[^1] == 0, CheckTable.BtfStringsEnds,
                strings.Offset + strings.Length - 1, "last string", strings.Span[^1]);
    }

    private static bool TrySlice(
        FileBytes body, FileBytes header, int field, string offsetName, string lengthName, EbpfCheck rule, ObjectReading reading, out FileBytes part)
    {
        part = default;
        uint offset = header.U32(field);
        uint length = header.U32(field + 4);
        if (!reading.Require(offset <= body.Length, rule, header.Offset + field, offsetName, offset, body.Length)
            || !reading.Require(length <= body.Length - offset, rule, header.Offset + field + 4, lengthName, length, body.Length - offset))
        {
            return false;
        }

        part = body.Slice((int)offset, (int)length);
        return true;
    }

    private static bool TryFindTypes(FileBytes records, ObjectReading reading, out List<int> starts)
    {
        starts = [0];
        for (int at = 0; at < records.Length;)
        {
            int left = records.Length - at;
            if (!reading.Require(left >= TypeHeader, CheckTable.BtfTypeRange, records.Offset + at, "struct btf_type", TypeHeader, left))
            {
                return false;
            }

            uint info = records.U32(at + 4);
            uint kind = (info >> 24) & 31;
            int known = BtfKindRow.All.Count - 1;
            if (!reading.Require(kind >= 1 && kind <= known, CheckTable.BtfKind, records.Offset + at + 4, "info.kind", kind, known))
            {
                return false;
            }

            BtfKindRow row = BtfKindRow.All[(int)kind];
            int length = TypeHeader + row.Extra + ((int)(info & 0xffff) * row.Element);
            if (!reading.Require(length <= left, CheckTable.BtfTypeRange, records.Offset + at + 4, "info.vlen", length, left))
            {
                return false;
            }

            starts.Add(at);
            if (!reading.Require(starts.Count <= MostTypes, CheckTable.BtfTypeCount, records.Offset + at, "struct btf_type", starts.Count, MostTypes))
            {
                return false;
            }

            at += length;
        }

        return true;
    }
}
