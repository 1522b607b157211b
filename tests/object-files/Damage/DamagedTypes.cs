using System.Text;

namespace KernelSim.ObjectFiles.Tests.Damage;

/// <summary>The types of an object to damage.</summary>
internal sealed class DamagedTypes(DamagedObject file)
{
    private static readonly int[] s_extra = [0, 4, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 4, 0, 0];
    private static readonly int[] s_element = [0, 0, 0, 0, 12, 12, 8, 0, 0, 0, 0, 0, 0, 8, 0, 12, 0, 0, 0, 12];

    public int Header => file.Start(".BTF");

    private int First => Header + 24 + (int)file.Get32(Header + 8);

    private int Strings => Header + 24 + (int)file.Get32(Header + 16);

    /// <summary>Where the records are, in the order of the types, from 1.</summary>
    public IEnumerable<int> Records()
    {
        int end = First + (int)file.Get32(Header + 12);
        for (int at = First; at < end; at += LengthOf(at))
        {
            yield return at;
        }
    }

    /// <summary>Where the record of a type is.</summary>
    public int Record(int id) => Records().ElementAt(id - 1);

    /// <summary>Where the record of the named type of a kind is.</summary>
    public int Record(BtfKind kind, string name) =>
        Records().First(at => KindOf(at) == kind && file.TextAt(Strings + (int)file.Get32(at)) == name);

    /// <summary>Where the record of the first type of a kind is.</summary>
    public int Record(BtfKind kind) => Records().First(at => KindOf(at) == kind);

    /// <summary>The number of the type at a place.</summary>
    public int IdOf(int record) => Records().ToList().IndexOf(record) + 1;

    /// <summary>Where the record of the struct that defines a map is.</summary>
    public int MapStruct(string map) => Record((int)file.Get32(Record(BtfKind.Variable, map) + 8));

    /// <summary>Where a field of a struct is.</summary>
    public int Member(int record, string name) => Enumerable.Range(0, CountOf(record)).Select(i => record + 12 + (12 * i))
        .First(at => file.TextAt(Strings + (int)file.Get32(at)) == name);

    /// <summary>Where the record of the array is whose length a field of a map states.</summary>
    public int Number(string map, string field) => Target(Member(MapStruct(map), field) + 4);

    /// <summary>Where the record of the type is that a pointer's type, whose number is at a place, points at.</summary>
    public int Target(int type) => Record((int)file.Get32(Record((int)file.Get32(type)) + 8));

    /// <summary>Where a name starts in the strings.</summary>
    public int Text(string name)
    {
        byte[] wanted = [0, .. Encoding.ASCII.GetBytes(name), 0];
        return file.Bytes.AsSpan(Strings, (int)file.Get32(Header + 20)).IndexOf(wanted) + 1;
    }

    /// <summary>Gives a type another record, longer or shorter, and the strings an addition.</summary>
    public void Replace(int record, byte[] bytes, string addition = "")
    {
        Span<byte> all = file.Bytes;
        int types = (int)file.Get32(Header + 12);
        int after = record + LengthOf(record);
        byte[] section =
        [
            .. all[Header..record], .. bytes, .. all[after..(First + types)], .. all.Slice(Strings, (int)file.Get32(Header + 20)),
            .. Encoding.ASCII.GetBytes(addition),
        ];
        int growth = bytes.Length - (after - record);
        uint strings = file.Get32(Header + 20);
        file.Replace(".BTF", section);
        file.Set32(Header + 12, types + growth);
        file.Set32(Header + 16, types + growth);
        file.Set32(Header + 20, strings + addition.Length);
    }

    /// <summary>The bytes of a record.</summary>
    public byte[] BytesOf(int record) => file.Bytes.AsSpan(record, LengthOf(record)).ToArray();

    private BtfKind KindOf(int at) => (BtfKind)((file.Get32(at + 4) >> 24) & 31);

    private int CountOf(int at) => file.Get16(at + 4);

    private int LengthOf(int at) => 12 + s_extra[(int)KindOf(at)] + (CountOf(at) * s_element[(int)KindOf(at)]);
}
