namespace KernelSim.Tool.Bench.Telling;

/// <summary>Reasons, lettered in the order in which the tables need them.</summary>
internal sealed class BenchNotes
{
    private readonly List<string> _reasons = [];

    /// <summary>All, with their letters.</summary>
    public IEnumerable<(string Mark, string Reason)> All => _reasons.Select((reason, i) => (MarkOf(i), reason));

    /// <summary>The mark of a reason.</summary>
    public string Mark(string reason)
    {
        if (!_reasons.Contains(reason))
        {
            _reasons.Add(reason);
        }

        return MarkOf(_reasons.IndexOf(reason));
    }

    private static string MarkOf(int index) => $"({(char)('a' + index)})";
}
