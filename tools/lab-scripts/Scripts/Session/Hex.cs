namespace KernelSim.LabScripts;

/// <summary>Bytes as lab scripts write them: lower-case hex without separators.</summary>
internal static class Hex
{
    /// <summary>Parses bytes.</summary>
    /// <param name="text">The hex digits.</param>
    /// <param name="bytes">The bytes; empty for no digits.</param>
    /// <param name="problem">Describes an error: what was given, then what was expected.</param>
    public static bool TryParse(string text, out byte[] bytes, out string problem)
    {
        bytes = [];
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiHexDigitLower(text[i]))
            {
                problem = $"'{text[i]}' given as digit {i + 1}, expected lower-case hex digits only";
                return false;
            }
        }

        if (text.Length % 2 != 0)
        {
            problem = $"{text.Length} hex digits given, expected an even number: two for each byte";
            return false;
        }

        bytes = Convert.FromHexString(text);
        problem = "";
        return true;
    }

    /// <summary>Formats bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
