using System.Globalization;
using System.Numerics;
using KernelSim.Tool.Bpftool.Output;

namespace KernelSim.Tool.Bpftool.Types;

/// <summary>An integer, or <c>bool</c>.</summary>
/// <param name="name">The words that C has for it.</param>
/// <param name="size">1, 2, 4, 8 or 16 bytes.</param>
/// <param name="signed">Whether it is signed.</param>
internal sealed class IntType(string name, uint size, bool signed) : BtfType
{
    private const int WideBytes = 16;

    /// <inheritdoc/>
    public override uint Size => size;

    /// <inheritdoc/>
    public override uint Alignment => size;

    /// <summary>Whether an array of it is text. A name that stands for <c>char</c> does not count.</summary>
    public bool IsChar => name == "char";

    private bool IsBool => name is "bool" or "_Bool";

    /// <inheritdoc/>
    public override bool IsSummable => !IsChar && !IsBool;

    /// <summary>The number that bytes hold.</summary>
    public BigInteger Read(ReadOnlySpan<byte> data) => new(data[..(int)size], isUnsigned: !signed);

    /// <inheritdoc/>
    public override void Print(BpftoolJson json, ReadOnlySpan<byte> data, bool plain)
    {
        if (IsBool)
        {
            json.Bool(data[0] != 0);
        }
        else if (size == WideBytes)
        {
            PrintWide(json, new BigInteger(data[..WideBytes], isUnsigned: true), plain);
        }
        else
        {
            json.Number(Read(data));
        }
    }

    /// <inheritdoc/>
    public override void PrintSum(BpftoolJson json, CpuValues values)
    {
        BigInteger sum = 0;
        for (int cpu = 0; cpu < values.Count; cpu++)
        {
            sum += Read(values[cpu]);
        }

        json.Number(sum);
    }

    /// <summary>Prints a number that is too wide for JSON, or the bits of a field, in hex.</summary>
    public static void PrintWide(BpftoolJson json, BigInteger value, bool plain)
    {
        string digits = value.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
        string text = $"0x{(digits.Length == 0 ? "0" : digits)}";
        json.Raw(plain ? text : $"\"{text}\"");
    }
}
