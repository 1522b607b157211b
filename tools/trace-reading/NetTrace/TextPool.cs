namespace KernelSim.TraceAnalysis.NetTrace;

/// <summary>Shares equal strings among events: most text fields hold one of a few words. Keeps a bounded number of short strings.</summary>
internal sealed class TextPool
{
    private const int MostTexts = 4096;
    private const int MostLength = 64;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    public TextPool() => _bySpan = _texts.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The text as a string.</summary>
    public string Share(ReadOnlySpan<char> text)
    {
        if (text.Length > MostLength)
        {
            return text.ToString();
        }

        if (_bySpan.TryGetValue(text, out string? known))
        {
            return known;
        }

        string made = text.ToString();
        if (_texts.Count < MostTexts)
        {
            _texts.Add(made);
        }

        return made;
    }
}
