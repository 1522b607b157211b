using System.Globalization;

namespace KernelSim.Tool.Explain;

/// <summary>A number in any form in which programs and debuggers print a code.</summary>
internal static class AnyNumber
{
    /// <summary>
    /// Reads <c>22</c>, <c>-22</c>, <c>3221225506</c>, <c>0xC0000022</c>, <c>C0000022</c> and <c>0xFFFFFFFFC0000022</c>, the same sign-extended
    /// to 64 bits.
    /// </summary>
    public static bool TryParse(string text, out long number)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
        {
            return true;
        }

        bool hasPrefix = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        ReadOnlySpan<char> digits = hasPrefix ? text.AsSpan(2) : text;
        return (hasPrefix || digits.Length == 2 * sizeof(uint))
            && long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
    }
}
