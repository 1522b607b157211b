using KernelSim.ObjectFiles.Elf;
using KernelSim.ObjectFiles.Rules;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Btf;

/// <summary>Reads one of the lists of <c>.BTF.ext</c>: records by section of code.</summary>
/// <typeparam name="T">What a record becomes.</typeparam>
/// <param name="code">The sections of code by name: the first of each name.</param>
/// <param name="strings">The strings of <c>.BTF</c>.</param>
/// <param name="reading">The file being read.</param>
internal sealed class InfoReader<T>(IReadOnlyDictionary<string, ElfSection> code, StringTable strings, ObjectReading reading)
{
    private const int SectionHeader = 8;
    private const int LargestRecord = 256;

    /// <summary>The size of the fields that a record must have.</summary>
    public required int Smallest { get; init; }

    /// <summary>Makes a record of its bytes and the index of its instruction.</summary>
    public required Func<FileBytes, int, T> Make { get; init; }

    /// <summary>Checks a record's other fields.</summary>
    public required Func<FileBytes, bool> Validate { get; init; }

    /// <summary>Orders the records of a section, by instruction. Of several for one instruction the first stays.</summary>
    public required IComparer<T> Order { get; init; }

    public bool TryRead(FileBytes info, Dictionary<int, T[]> found)
    {
        if (info.Length == 0)
        {
            return true;
        }

        uint size = info.Length < 4 ? 0 : info.U32(0);
        if (!reading.Require(size >= Smallest && size <= LargestRecord && size % 4 == 0, CheckTable.BtfExtRecordSize, info.Offset, "rec_size", size))
        {
            return false;
        }

        Dictionary<int, List<T>> lists = [];
        for (int at = 4; at < info.Length;)
        {
            if (!TryReadSection(info, ref at, (int)size, lists))
            {
                return false;
            }
        }

        foreach ((int section, List<T> list) in lists)
        {
            T[] inOrder = [.. list.Order(Order)];
            found.Add(section, [.. inOrder.Where((record, i) => i == 0 || Order.Compare(inOrder[i - 1], record) != 0)]);
        }

        return true;
    }

    private bool TryReadSection(FileBytes info, ref int at, int size, Dictionary<int, List<T>> lists)
    {
        int left = info.Length - at;
        long place = info.Offset + at;
        if (!reading.Require(left >= SectionHeader, CheckTable.BtfExtSection, place, "struct btf_ext_info_sec", SectionHeader, left))
        {
            return false;
        }

        uint name = info.U32(at);
        uint count = info.U32(at + 4);
        ulong length = SectionHeader + ((ulong)count * (ulong)size);
        if (!reading.Require(strings.Has(name), CheckTable.BtfExtSectionName, place, "sec_name_off", name)
            || !reading.Require(count > 0, CheckTable.BtfExtCount, place + 4, "num_info", count, 1)
            || !reading.Require(length <= (ulong)left, CheckTable.BtfExtSection, place + 4, "num_info", length, (ulong)left)
            || !reading.Require(code.TryGetValue(strings.At(name)!, out ElfSection? section), CheckTable.BtfExtCode, place, "sec_name_off", name))
        {
            return false;
        }

        if (!lists.TryGetValue(section!.Index, out List<T>? list))
        {
            lists.Add(section.Index, list = []);
        }

        for (at += SectionHeader; count-- > 0; at += size)
        {
            FileBytes record = info.Slice(at, size);
            uint offset = record.U32(0);
            if (!reading.Require(offset % 8 == 0 && offset < section.Size, CheckTable.BtfExtOffset, record.Offset, "insn_off", offset)
                || !Validate(record))
            {
                return false;
            }

            list.Add(Make(record, (int)offset / 8));
        }

        return true;
    }
}
