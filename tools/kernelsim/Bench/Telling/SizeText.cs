using System.Globalization;

namespace KernelSim.Tool.Bench.Telling;

/// <summary>Numbers of elements, as people write them: <c>65536</c>, <c>100k</c>, <c>10M</c>.</summary>
internal static class SizeText
{
    private const int Thousand = 1_000;
    private const int Million = 1_000_000;

    /// <summary>Writes a number.</summary>
    public static string Of(int size) =>
        size >= Million && size % (Million / 10) == 0 ? string.Create(CultureInfo.InvariantCulture, $"{size / (double)Million}M")
        : size >= 10 * Thousand && size % Thousand == 0 ? string.Create(CultureInfo.InvariantCulture, $"{size / Thousand}k")
        : size.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads a number.</summary>
    public static bool TryParse(string text, out int size)
    {
        (string digits, int unit) = text switch
        {
            [.., 'k' or 'K'] => (text[..^1], Thousand),
            [.., 'm' or 'M'] => (text[..^1], Million),
            _ => (text, 1),
        };
        bool isNumber = decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number);
        decimal exact = isNumber && number <= int.MaxValue ? number * unit : -1;
        size = exact is >= 0 and <= int.MaxValue && exact == Math.Truncate(exact) ? (int)exact : -1;
        return size >= 0;
    }
}
