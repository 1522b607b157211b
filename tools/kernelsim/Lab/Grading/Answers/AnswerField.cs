using System.Globalization;

namespace KernelSim.Tool.Lab.Grading.Answers;

/// <summary>A question whose answer is a field of a JSON file.</summary>
/// <param name="Name">The field.</param>
/// <param name="Points">Points for the right answer.</param>
/// <param name="Answer">The right answer: a number in digits, or a word. Found by running the machine.</param>
/// <param name="Expected">What the answer is, without giving it away.</param>
/// <param name="Look">Where to look for it.</param>
internal sealed record AnswerField(string Name, int Points, string Answer, string Expected, string Look)
{
    private const string HexPrefix = "0x";

    /// <summary>
    /// Whether what somebody wrote is the answer: two numbers by their values (<c>1088</c>, <c>1088.0</c>, <c>0x440</c>, or <c>#1088</c>, as
    /// listings write the number of a request), words in any case.
    /// </summary>
    public bool IsAnsweredBy(string given)
    {
        (string written, string right) = (given.Trim(), Answer.Trim());
        return Number(written.StartsWith('#') ? written[1..] : written) is { } number && Number(right) is { } expected
            ? number == expected
            : written.Equals(right, StringComparison.OrdinalIgnoreCase);
    }

    private static decimal? Number(string text)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        return text.StartsWith(HexPrefix, StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(text.AsSpan(HexPrefix.Length), NumberStyles.AllowHexSpecifier, invariant, out ulong bits) ? bits : null
            : decimal.TryParse(text, NumberStyles.Float, invariant, out decimal number) ? number : null;
    }
}
