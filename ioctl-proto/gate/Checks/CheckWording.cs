using System.Globalization;

namespace KernelSim.Protocol.Checks;

/// <summary>The one place that puts the numbers of a check into words, for refusals, traces and tools.</summary>
public static class CheckWording
{
    /// <summary>Both numbers: <c>8 given, expected at least 64</c>.</summary>
    /// <param name="check">The row that the numbers belong to.</param>
    /// <param name="given">The number that was given.</param>
    /// <param name="expected">What it was compared with.</param>
    /// <param name="passed">Whether the check let it pass.</param>
    /// <param name="digits">How a size or a count is written; plain digits when null.</param>
    public static string Describe(this Check check, long given, long expected, bool passed = false, Func<long, string>? digits = null)
    {
        string? wanted = check.Expectation(given, expected, passed, digits);
        string came = check.NameOf(given, digits);
        return wanted is null ? $"{came} given" : $"{came} given, expected {wanted}";
    }

    /// <summary>What was expected: <c>at least 64</c>. Null if neither a number nor words of the row state it.</summary>
    /// <inheritdoc cref="Describe"/>
    public static string? Expectation(this Check check, long given, long expected, bool passed = false, Func<long, string>? digits = null)
    {
        ArgumentNullException.ThrowIfNull(check);
        string number = check.NameOf(expected, digits);
        return expected == 0 && check.Relation == CheckRelation.ZeroOr
            ? number
            : check.Pattern(given.CompareTo(expected), passed)?.Replace("{0}", number, StringComparison.Ordinal);
    }

    /// <summary>What <see cref="Expectation"/> says, with <c>{0}</c> for the expected number.</summary>
    /// <param name="check">The row that the numbers belong to.</param>
    /// <param name="comparison">How given compares with expected: below 0, 0 or above.</param>
    /// <param name="passed">Whether the check let it pass.</param>
    public static string? Pattern(this Check check, int comparison, bool passed)
    {
        ArgumentNullException.ThrowIfNull(check);
        return check.Accepts ?? check.Relation switch
        {
            CheckRelation.AtLeast => "at least {0}",
            CheckRelation.AtMost => "at most {0}",
            CheckRelation.LessThan => "less than {0}",
            CheckRelation.Range => comparison < 0 != passed ? "at least {0}" : "at most {0}",
            CheckRelation.Size => comparison < 0 || (passed && comparison > 0) ? "at least {0}" : "exactly {0}",
            CheckRelation.ZeroOr => "0 or {0}",
            CheckRelation.WholeRecords => "a multiple such as {0}",
            CheckRelation.MultipleOf => "a multiple of {0}",
            CheckRelation.AnyBitOf => "a bit of {0}",
            CheckRelation.InWords => null,
            _ => "{0}",
        };
    }

    /// <summary>One of the numbers as it is written: <c>STATUS_ACCESS_VIOLATION</c> for a status, <c>64</c> for a size.</summary>
    /// <param name="check">The row that the number belongs to: it says what its numbers stand for.</param>
    /// <param name="number">Either number of the check.</param>
    /// <param name="digits">How a size or a count is written; plain digits when null.</param>
    public static string NameOf(this Check check, long number, Func<long, string>? digits = null)
    {
        ArgumentNullException.ThrowIfNull(check);
        return check.Numbers.NameOf(number) ?? digits?.Invoke(number) ?? number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>True when the numbers stand for codes, which people and programs know by name.</summary>
    public static bool HasNamedNumbers(this Check check)
    {
        ArgumentNullException.ThrowIfNull(check);
        return check.Numbers.IsCode;
    }
}
