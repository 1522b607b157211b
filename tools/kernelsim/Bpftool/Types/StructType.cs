using System.Numerics;
using KernelSim.Tool.Bpftool.Output;

namespace KernelSim.Tool.Bpftool.Types;

/// <summary>A structure or a union, laid out as C does.</summary>
/// <param name="members">Its members.</param>
/// <param name="size">Size in bytes, with the padding at its end.</param>
/// <param name="alignment">The boundary that it starts at.</param>
internal sealed class StructType(IReadOnlyList<StructMember> members, uint size, uint alignment) : BtfType
{
    /// <inheritdoc/>
    public override uint Size => size;

    /// <inheritdoc/>
    public override uint Alignment => alignment;

    /// <inheritdoc/>
    public override bool IsSummable => members.Any(m => m.IsSummable);

    /// <inheritdoc/>
    public override void Print(BpftoolJson json, ReadOnlySpan<byte> data, bool plain)
    {
        json.BeginObject();
        foreach (StructMember member in members)
        {
            json.Name(member.Name);
            if (member.Bits > 0)
            {
                BigInteger whole = new(data.Slice((int)member.Offset, (int)member.BitBytes), isUnsigned: true);
                IntType.PrintWide(json, (whole >> (int)member.FirstBit) & ((BigInteger.One << (int)member.Bits) - 1), plain);
            }
            else
            {
                member.Type.Print(json, data[(int)member.Offset..], plain);
            }
        }

        json.EndObject();
    }

    /// <inheritdoc/>
    public override void PrintSum(BpftoolJson json, CpuValues values)
    {
        json.BeginObject();
        foreach (StructMember member in members.Where(m => m.IsSummable))
        {
            json.Name(member.Name);
            member.Type.PrintSum(json, values.At(member.Offset));
        }

        json.EndObject();
    }

    /// <inheritdoc/>
    public override IEnumerable<TypePart> Parts(uint offset, string name) => members.SelectMany(m => m.Bits > 0
        ? [new TypePart(offset + m.Offset, m.BitBytes, $"{name}.{m.Name}")]
        : m.Type.Parts(offset + m.Offset, $"{name}.{m.Name}"));
}

/// <summary>A member of a structure or a union.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Offset">Offset of its first byte.</param>
internal sealed record StructMember(string Name, BtfType Type, uint Offset)
{
    private const uint BitsOfByte = 8;

    /// <summary>Bits of a bit field; 0 for another member.</summary>
    public uint Bits { get; init; }

    /// <summary>The first bit of a bit field in its first byte.</summary>
    public uint FirstBit { get; init; }

    /// <summary>Bytes that a bit field is in.</summary>
    public uint BitBytes => (FirstBit + Bits + BitsOfByte - 1) / BitsOfByte;

    /// <summary>Whether values of several CPUs can be added.</summary>
    public bool IsSummable => Bits == 0 && Type.IsSummable;
}
