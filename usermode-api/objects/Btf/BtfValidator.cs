using KernelSim.ObjectFiles.Elf;
using KernelSim.ObjectFiles.Rules;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Btf;

/// <summary>Checks that every name and every type that a record refers to exists.</summary>
internal sealed class BtfValidator(FileBytes records, List<int> starts, StringTable strings, ObjectReading reading)
{
    private const int TypeHeader = 12;

    public bool Validate()
    {
        for (int id = 1; id < starts.Count; id++)
        {
            int at = starts[id];
            uint info = records.U32(at + 4);
            BtfKindRow row = BtfKindRow.All[(int)((info >> 24) & 31)];
            if (!HasName(at, "name_off") || (row.HasType && !HasType(at + 8, "type")) || !ValidateExtra(row, at + TypeHeader)
                || !ValidateElements(row, at + TypeHeader + row.Extra, row.Element == 0 ? 0 : (int)(info & 0xffff)))
            {
                return false;
            }
        }

        return true;
    }

    private bool ValidateExtra(BtfKindRow row, int at)
    {
        foreach (int type in row.TypesInExtra)
        {
            if (!HasType(at + type, type == 0 ? "array.type" : "array.index_type"))
            {
                return false;
            }
        }

        return true;
    }

    private bool ValidateElements(BtfKindRow row, int at, int count)
    {
        for (int end = at + (count * row.Element); at < end; at += row.Element)
        {
            if ((row.NameInElement >= 0 && !HasName(at + row.NameInElement, "member.name_off"))
                || (row.TypeInElement >= 0 && !HasType(at + row.TypeInElement, "member.type")))
            {
                return false;
            }
        }

        return true;
    }

    private bool HasName(int at, string field)
    {
        uint name = records.U32(at);
        int length = strings.Bytes.Length;
        return reading.Require(name < length, CheckTable.BtfName, records.Offset + at, field, name, length)
            && (name == 0 || reading.Require(strings.Has(name), CheckTable.BtfNameLength, records.Offset + at, field, name));
    }

    private bool HasType(int at, string field)
    {
        uint type = records.U32(at);
        return reading.Require(type < starts.Count, CheckTable.BtfReference, records.Offset + at, field, type, starts.Count);
    }
}
