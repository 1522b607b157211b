using KernelSim.ObjectFiles.Elf;
using KernelSim.ObjectFiles.Rules;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Btf;

/// <summary>Reads and checks the section <c>.BTF.ext</c>. Its relocations of types (CO-RE) are not used on Windows.</summary>
internal sealed class BtfExtReader(BtfTypeTable types, ElfFile file, ObjectReading reading)
{
    /// <summary>The section's name.</summary>
    public const string SectionName = ".BTF.ext";

    private const int HeaderLength = 24;
    private const ushort Magic = 0xeb9f;

    public bool TryRead(FileBytes section, out BtfExt ext)
    {
        ext = new BtfExt();
        Dictionary<string, ElfSection> code = [];
        foreach (ElfSection candidate in file.Sections.Where(s => s.IsCode))
        {
            code.TryAdd(candidate.Name, candidate);
        }

        InfoReader<FunctionRecord> functions = new(code, types.Strings, reading)
        {
            Smallest = 8,
            Make = (record, instruction) => new FunctionRecord(instruction, (int)record.U32(4)),
            Validate = IsFunction,
            Order = FunctionRecord.ByInstruction,
        };
        InfoReader<LineRecord> lines = new(code, types.Strings, reading)
        {
            Smallest = 16,
            Make = (record, instruction) => new LineRecord(instruction, record.U32(4), record.U32(8), record.U32(12)),
            Validate = record => HasString(record, 4, "file_name_off") && HasString(record, 8, "line_off"),
            Order = LineRecord.ByInstruction,
        };
        return IsHeader(section)
            && TrySlice(section, 8, "func_info_off", "func_info_len", out FileBytes functionInfo)
            && TrySlice(section, 16, "line_info_off", "line_info_len", out FileBytes lineInfo)
            && functions.TryRead(functionInfo, ext.Functions)
            && lines.TryRead(lineInfo, ext.Lines);
    }

    private bool IsHeader(FileBytes section)
    {
        long at = section.Offset;
        return reading.Require(section.Length >= HeaderLength, CheckTable.BtfExtHeaderSize, at, "sh_size", section.Length, HeaderLength)
            && reading.Require(section.U16(0) == Magic, CheckTable.BtfExtMagic, at, "magic", section.U16(0), Magic)
            && reading.Require(section.Span[2] == 1, CheckTable.BtfExtVersion, at + 2, "version", section.Span[2], 1)
            && reading.Require(
                section.U32(4) >= HeaderLength && section.U32(4) <= section.Length, CheckTable.BtfExtHeaderLength, at + 4, "hdr_len", section.U32(4));
    }

    private bool TrySlice(FileBytes section, int field, string offsetName, string lengthName, out FileBytes info)
    {
        info = default;
        uint header = section.U32(4);
        uint offset = section.U32(field);
        uint length = section.U32(field + 4);
        long left = section.Length - header;
        long at = section.Offset + field;
        if (!reading.Require(offset % 4 == 0, CheckTable.BtfExtAligned, at, offsetName, offset, 4)
            || !reading.Require(offset <= left, CheckTable.BtfExtRange, at, offsetName, offset, left)
            || !reading.Require(length <= left - offset, CheckTable.BtfExtRange, at + 4, lengthName, length, left - offset))
        {
            return false;
        }

        info = section.Slice((int)(header + offset), (int)length);
        return true;
    }

    private bool IsFunction(FileBytes record)
    {
        uint type = record.U32(4);
        BtfKind kind = type < types.Count ? types[(int)type].Kind : BtfKind.Void;
        return reading.Require(
            kind == BtfKind.Function, CheckTable.BtfExtType, record.Offset + 4, "type_id", (long)kind, (long)BtfKind.Function);
    }

    private bool HasString(FileBytes record, int field, string name)
    {
        int length = types.Strings.Bytes.Length;
        return reading.Require(record.U32(field) < length, CheckTable.BtfExtString, record.Offset + field, name, record.U32(field), length);
    }
}
