using System.Globalization;
using KernelSim.Protocol;

namespace KernelSim.Tool.Story.Traces;

/// <summary>How the story formats numbers.</summary>
internal static class Words
{
    /// <summary>An address in hex.</summary>
    public static string Hex(ulong address) => string.Create(CultureInfo.InvariantCulture, $"0x{address:x}");

    /// <summary>A decimal number.</summary>
    public static string N(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number with a noun: <c>1 byte</c>, <c>2 bytes</c>.</summary>
    public static string Of(long number, string thing) => number == 1 ? $"1 {thing}" : $"{N(number)} {thing}s";

    /// <summary>How a value's size is computed, without the product.</summary>
    public static string Formula(PerCpuLayout layout) => $"pad8({layout.ValueSize}) × {Of(layout.SlotCount, "CPU")}";

    /// <summary>A byte, two digits.</summary>
    public static string Hex(byte value) => value.ToString("x2", CultureInfo.InvariantCulture);

    /// <summary>A byte as a debugger shows it beside a dump.</summary>
    public static char Printable(byte value) => value is >= 0x20 and < 0x7f ? (char)value : '.';
}
