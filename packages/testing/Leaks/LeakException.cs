namespace KernelSim.Testing;

/// <summary>A test passed and left something behind. The message has a line for each leak.</summary>
public sealed class LeakException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="leaks">What the test left behind.</param>
    public LeakException(IReadOnlyList<Leak> leaks)
        : base(Describe(leaks))
    {
        Leaks = leaks;
    }

    /// <summary>What the test left behind.</summary>
    public IReadOnlyList<Leak> Leaks { get; }

    private static string Describe(IReadOnlyList<Leak> leaks)
    {
        ArgumentNullException.ThrowIfNull(leaks);
        string title = leaks.Count == 1 ? "1 leak" : $"{leaks.Count} leaks";
        return string.Join(Environment.NewLine, leaks.Select(l => "  " + l).Prepend(title + ":"));
    }
}
