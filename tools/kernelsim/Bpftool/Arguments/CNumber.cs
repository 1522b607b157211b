namespace KernelSim.Tool.Bpftool.Arguments;

/// <summary>Numbers as C's <c>strtoul</c> reads them.</summary>
internal static class CNumber
{
    /// <summary>Reads a number: decimal, octal after 0, hexadecimal after 0x.</summary>
    /// <param name="text">All of it must be the number; an empty one is 0.</param>
    /// <param name="value">The number; the largest where it is too large.</param>
    /// <param name="hex">Whether it is hexadecimal in any case.</param>
    public static bool TryParse(string text, out ulong value, bool hex = false)
    {
        value = 0;
        ReadOnlySpan<char> rest = text.AsSpan().TrimStart(" \t\n\v\f\r");
        bool isNegative = rest.StartsWith("-");
        rest = isNegative || rest.StartsWith("+") ? rest[1..] : rest;
        bool hasPrefix = rest.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && rest.Length > 2 && char.IsAsciiHexDigit(rest[2]);
        uint radix = hex || hasPrefix ? 16u : rest.StartsWith("0") ? 8u : 10u;
        rest = hasPrefix && radix == 16 ? rest[2..] : rest;
        if (rest.IsEmpty)
        {
            // Nothing was converted, so that nothing may be left over.
            return text.Length == 0;
        }

        bool overflows = false;
        foreach (char c in rest)
        {
            if (!char.IsAsciiHexDigit(c) || DigitOf(c) >= radix)
            {
                return false;
            }

            overflows |= value > (ulong.MaxValue - DigitOf(c)) / radix;
            value = (value * radix) + DigitOf(c);
        }

        value = overflows ? ulong.MaxValue : isNegative ? unchecked((ulong)-(long)value) : value;
        return true;
    }

    /// <summary>Reads a number of 32 bits; higher ones are dropped.</summary>
    public static bool TryParse(string text, out uint value)
    {
        bool parsed = TryParse(text, out ulong number);
        value = unchecked((uint)number);
        return parsed;
    }

    private static uint DigitOf(char c) => c <= '9' ? (uint)(c - '0') : (uint)((c | 0x20) - 'a' + 10);
}
