using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace KernelSim.Tool.CommandLine;

/// <summary>Numbers on the command line, refused in the tool's words.</summary>
internal static class NumberArgument
{
    /// <summary>Reads the last word of an option as a number.</summary>
    /// <param name="result">The words.</param>
    /// <param name="minimum">The least number that is taken.</param>
    /// <param name="maximum">The greatest.</param>
    /// <returns>The number; after an error, any.</returns>
    public static T Read<T>(ArgumentResult result, T minimum, T maximum)
        where T : struct, INumber<T>
    {
        string given = result.Tokens[^1].Value;
        if (!T.TryParse(given, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out T value)
            || !(value >= minimum && value <= maximum))
        {
            string range = string.Create(CultureInfo.InvariantCulture, $"a number from {minimum} to {maximum}");
            result.AddError($"{NameOf(result)}: '{given}' given, expected {range}");
        }

        return value;
    }

    private static string NameOf(ArgumentResult result) => (result.Parent as OptionResult)?.Option.Name ?? "option";
}
