using System.Globalization;

namespace KernelSim.Testing;

/// <summary>The seeds that the environment asks for instead of those that the tests name.</summary>
internal static class SeedChoice
{
    /// <summary>The environment variable: a seed, or the first and the last of a range.</summary>
    public const string Variable = "KERNELSIM_SEED";

    /// <summary>A test has as many rows at most.</summary>
    public const int MostSeeds = 100_000;

    /// <summary>What the variable holds: the first and the last seed; null if it is not set.</summary>
    /// <exception cref="FormatException">It holds something else.</exception>
    public static (ulong First, ulong Last)? OfEnvironment => Parse(Environment.GetEnvironmentVariable(Variable));

    /// <summary>Reads <c>17</c> or <c>1000-1999</c>.</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static (ulong First, ulong Last)? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        string[] ends = text.Split('-');
        return ends.Length <= 2
            && ulong.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out ulong first)
            && ulong.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong last)
            && first <= last && last - first < MostSeeds
            ? (first, last)
            : throw new FormatException(
                $"{Variable}: '{text}' given, expected a seed such as 17, or a range of at most {MostSeeds} such as 1000-1999.");
    }
}
