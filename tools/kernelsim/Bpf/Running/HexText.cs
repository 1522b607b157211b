namespace KernelSim.Tool.Bpf.Running;

/// <summary>Bytes as hex digits of either case, with white space anywhere.</summary>
internal static class HexText
{
    public static bool TryRead(string text, out byte[] bytes, out string problem)
    {
        string digits = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        char? wrong = digits.Where(c => !char.IsAsciiHexDigit(c)).Cast<char?>().FirstOrDefault();
        problem = wrong is { } character ? $"'{character}' given, expected hex digits"
            : digits.Length % 2 != 0 ? $"{digits.Length} hex digits given, expected an even number: two for each byte"
            : "";
        bytes = problem.Length == 0 ? Convert.FromHexString(digits) : [];
        return problem.Length == 0;
    }
}
