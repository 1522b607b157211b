using System.Text;
using KernelSim.Tool.Bpftool.Output;

namespace KernelSim.Tool.Bpftool.Types;

/// <summary>An array. One of <c>char</c> that holds printable text and its terminator is printed as a string.</summary>
/// <param name="element">Type of an element.</param>
/// <param name="count">Number of elements.</param>
internal sealed class ArrayType(BtfType element, uint count) : BtfType
{
    private const byte Delete = 0x7F;

    /// <inheritdoc/>
    public override uint Size => element.Size * count;

    /// <inheritdoc/>
    public override uint Alignment => element.Alignment;

    /// <inheritdoc/>
    public override bool IsSummable => element.IsSummable;

    /// <inheritdoc/>
    public override void Print(BpftoolJson json, ReadOnlySpan<byte> data, bool plain)
    {
        if (element is IntType { IsChar: true } && TextIn(data[..(int)count]) is { } text)
        {
            json.Text(text);
            return;
        }

        json.BeginArray();
        for (uint i = 0; i < count; i++)
        {
            element.Print(json, data[(int)(i * element.Size)..], plain);
        }

        json.EndArray();
    }

    /// <inheritdoc/>
    public override void PrintSum(BpftoolJson json, CpuValues values)
    {
        json.BeginArray();
        for (uint i = 0; i < count; i++)
        {
            element.PrintSum(json, values.At(i * element.Size));
        }

        json.EndArray();
    }

    /// <inheritdoc/>
    public override IEnumerable<TypePart> Parts(uint offset, string name) => element is StructType
        ? Enumerable.Range(0, (int)count).SelectMany(i => element.Parts(offset + ((uint)i * element.Size), $"{name}[{i}]"))
        : base.Parts(offset, name);

    private static string? TextIn(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return end >= 0 && bytes[..end].IndexOfAnyExceptInRange((byte)' ', (byte)(Delete - 1)) < 0 ? Encoding.ASCII.GetString(bytes[..end]) : null;
    }
}
