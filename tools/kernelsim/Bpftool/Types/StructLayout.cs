namespace KernelSim.Tool.Bpftool.Types;

/// <summary>Places the members of a structure or a union one after the other.</summary>
/// <param name="isUnion">Whether all start at 0.</param>
internal sealed class StructLayout(bool isUnion)
{
    private const uint BitsOfByte = 8;

    private readonly List<StructMember> _members = [];
    private uint _alignment = 1;
    private ulong _bits;
    private ulong _most;

    /// <summary>Size of the whole.</summary>
    public ulong Bytes => RoundUp((_most + BitsOfByte - 1) / BitsOfByte, _alignment);

    /// <summary>Adds a member.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="bits">Bits of a bit field; 0 for another member.</param>
    public void Add(string name, BtfType type, uint bits)
    {
        ulong unit = (ulong)type.Size * BitsOfByte;
        _alignment = Math.Max(_alignment, type.Alignment);
        ulong at = isUnion ? 0 : _bits;

        // A bit field goes into the unit of its type that it is in, if there is room in it.
        at = bits == 0 || (at % unit) + bits > unit ? RoundUp(at, (ulong)type.Alignment * BitsOfByte) : at;
        _members.Add(new StructMember(name, type, (uint)(at / BitsOfByte)) { Bits = bits, FirstBit = (uint)(at % BitsOfByte) });
        _bits = at + (bits == 0 ? unit : bits);
        _most = Math.Max(_most, _bits);
    }

    /// <summary>The type, whose size has been checked.</summary>
    public StructType Build() => new(_members, (uint)Bytes, _alignment);

    private static ulong RoundUp(ulong value, ulong unit) => (value + unit - 1) / unit * unit;
}
