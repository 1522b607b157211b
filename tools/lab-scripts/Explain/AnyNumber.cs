using System.Globalization;

namespace KernelSim.LabScripts.Explain;

/// <summary>A number in any form in which programs and debuggers print a code.</summary>
internal static class AnyNumber
{
    /// <summary>
    /// Reads <c>22</c>, <c>-22</c>, <c>-0x16</c>, <c>3221225506</c>, <c>0xC0000022</c>, <c>C0000022</c> and <c>0xFFFFFFFFC0000022</c>, with or
    /// without surrounding spaces.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="number">The number. An unsigned one of 32 or 64 bits whose top bit is set is read as signed: <c>0xFFFFFFEA</c> is -22.</param>
    public static bool TryParse(string text, out long number)
    {
        ReadOnlySpan<char> digits = Unsigned(text, out bool isNegative);
        bool isNumber = ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ulong magnitude)
            || TryParseHex(digits, out magnitude);
        long folded = magnitude is > int.MaxValue and <= uint.MaxValue ? (int)(uint)magnitude : unchecked((long)magnitude);
        number = isNegative ? unchecked(-folded) : folded;
        return isNumber;
    }

    /// <summary>Whether a text is a number or begins like one: no name does.</summary>
    public static bool IsMeantBy(string text)
    {
        ReadOnlySpan<char> digits = Unsigned(text, out _);
        return (!digits.IsEmpty && char.IsAsciiDigit(digits[0])) || TryParse(text, out _);
    }

    private static ReadOnlySpan<char> Unsigned(string text, out bool isNegative)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        isNegative = trimmed.StartsWith('-');
        return isNegative || trimmed.StartsWith('+') ? trimmed[1..] : trimmed;
    }

    /// <summary>Without <c>0x</c>, only a whole 32 or 64 bits, as debuggers print them, are a number.</summary>
    private static bool TryParseHex(ReadOnlySpan<char> digits, out ulong number)
    {
        bool hasPrefix = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        number = 0;
        return (hasPrefix || digits.Length is 2 * sizeof(uint) or 2 * sizeof(ulong))
            && ulong.TryParse(hasPrefix ? digits[2..] : digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
    }
}
