namespace KernelSim.Tool.Script;

/// <summary>Bytes as lab scripts write them: lower-case hex without separators.</summary>
internal static class Hex
{
    /// <summary>Reads bytes.</summary>
    /// <param name="text">The digits.</param>
    /// <param name="bytes">The bytes; empty for no digits.</param>
    /// <param name="problem">What is wrong, given before expected.</param>
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

    /// <summary>Writes bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
