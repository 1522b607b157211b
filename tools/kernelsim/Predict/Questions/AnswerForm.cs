using System.Globalization;
using KernelSim.Protocol;

namespace KernelSim.Tool.Predict.Questions;

/// <summary>How answers of a kind are written: those that people write are read into the one form that answers are compared in.</summary>
/// <param name="Expected">What is to be written, to follow "expected".</param>
/// <param name="Read">The one form of what was written; null if it is no answer of this kind.</param>
internal sealed record AnswerForm(string Expected, Func<string, string?> Read)
{
    private const string HexPrefix = "0x";

    /// <summary>A number: <c>64</c>, <c>0x40</c>, <c>64 bytes</c>.</summary>
    public static AnswerForm Number { get; } = new("a number, decimal or with 0x", ReadNumber);

    /// <summary>Bytes in the order of memory: <c>0c00</c>, <c>0C 00</c>, <c>0x0c 0x00</c>.</summary>
    public static AnswerForm Bytes { get; } = new("bytes as hex, lowest address first", ReadBytes);

    /// <summary>What a call returns: <c>EINVAL</c>, <c>-EINVAL</c>, <c>-22</c>, or 0.</summary>
    public static AnswerForm Return { get; } = new("an errno by name or number, or the number that means success", ReadReturn);

    /// <summary>An NTSTATUS: <c>STATUS_INVALID_PARAMETER</c>, the name without its prefix, or the number in hex.</summary>
    public static AnswerForm Status { get; } = new("an NTSTATUS by name, or its number in hex", ReadStatus);

    /// <summary>A prefix of an IPv4 address: <c>10.1.0.0/16</c>, or <c>none</c>.</summary>
    public static AnswerForm Prefix { get; } = new("a prefix such as 192.0.2.0/24, or the word for no prefix", ReadPrefix);

    /// <summary>One of several, by its number in the question or by its own name, which the question need not show.</summary>
    /// <param name="names">The names, in the order of the question.</param>
    public static AnswerForm Choice(IReadOnlyList<string> names) => new(
        $"the number of an answer, 1 to {names.Count}",
        given => int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= names.Count
            ? names[number - 1]
            : names.FirstOrDefault(n => n.Equals(given, StringComparison.OrdinalIgnoreCase)));

    private static string? ReadNumber(string given)
    {
        string word = given.Split(' ')[0].Replace(",", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        bool isHex = word.StartsWith(HexPrefix, StringComparison.OrdinalIgnoreCase);
        return ulong.TryParse(
            isHex ? word[HexPrefix.Length..] : word,
            isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture,
            out ulong number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : null;
    }

    private static string? ReadBytes(string given)
    {
        string digits = string.Concat(
            given.Split([' ', ',', ':', '-'], StringSplitOptions.RemoveEmptyEntries)
                .Select(w => w.StartsWith(HexPrefix, StringComparison.OrdinalIgnoreCase) ? w[HexPrefix.Length..] : w));
        return digits.Length > 0 && digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit) ? digits.ToLowerInvariant() : null;
    }

    private static string? ReadReturn(string given) =>
        given.ToUpperInvariant() is "0" or "SUCCESS" or "OK" ? "0"
        : ResultConversions.TryParse(given.TrimStart('-'), out Errno errno) ? ResultConversions.NameOf(errno)
        : null;

    private static string? ReadStatus(string given)
    {
        const string Start = "STATUS_";
        string word = given.StartsWith(HexPrefix, StringComparison.OrdinalIgnoreCase)
            ? HexPrefix + given[HexPrefix.Length..]
            : given.ToUpperInvariant().Replace(' ', '_');
        return NtStatus.TryParse(word, out NtStatus status) || NtStatus.TryParse(Start + word, out status) ? status.Name : null;
    }

    private static string? ReadPrefix(string given)
    {
        string word = given.ToLowerInvariant();
        return word is "none" or "no" ? "none" : System.Net.IPNetwork.TryParse(word, out System.Net.IPNetwork network) ? network.ToString() : null;
    }
}
