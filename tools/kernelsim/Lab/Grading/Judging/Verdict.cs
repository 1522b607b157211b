using System.Globalization;

namespace KernelSim.Tool.Lab.Grading.Judging;

/// <summary>
/// What a task expects, in order. Points are for expectations that are met; after the first that is not, no other counts, since what follows
/// it would only repeat it.
/// </summary>
internal sealed class Verdict
{
    /// <summary>Points of the expectations that were met.</summary>
    public int Score { get; private set; }

    /// <summary>The first expectation that was not; null if there is none.</summary>
    public Miss? Miss { get; private set; }

    /// <summary>Takes an expectation.</summary>
    /// <param name="points">Points for it; 0 if it only has to hold.</param>
    /// <param name="isMet">Whether it is met.</param>
    /// <param name="what">What is expected of what the student wrote, as a sentence without its full stop.</param>
    /// <param name="given">What was found.</param>
    /// <param name="expected">What should have been found; empty where <paramref name="given"/> says both.</param>
    /// <param name="look">Where to look: a command, or a page.</param>
    /// <returns>Whether it is met, and so were all before it.</returns>
    public bool Require(int points, bool isMet, string what, string given, string expected, string look)
    {
        if (Miss is not null)
        {
            return false;
        }

        if (isMet)
        {
            Score += points;
            return true;
        }

        Miss = new Miss(what, given, expected, look);
        return false;
    }

    /// <summary>Takes an answer that stands by itself: a miss before it does not keep its points.</summary>
    /// <inheritdoc cref="Require(int, bool, string, string, string, string)"/>
    public void Ask(int points, bool isMet, string what, string given, string expected, string look)
    {
        if (isMet)
        {
            Score += points;
        }
        else
        {
            Miss ??= new Miss(what, given, expected, look);
        }
    }

    /// <summary>Takes two numbers that are expected to be the same.</summary>
    /// <inheritdoc cref="Require(int, bool, string, string, string, string)"/>
    public bool RequireEqual(int points, string what, long given, long expected, string look) =>
        Require(points, given == expected, what, Text(given), Text(expected), look);

    /// <summary>Takes two words that are expected to be the same; null stands for none.</summary>
    /// <inheritdoc cref="Require(int, bool, string, string, string, string)"/>
    public bool RequireEqual(int points, string what, string? given, string expected, string look) =>
        Require(points, given == expected, what, given ?? "nothing", expected, look);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
