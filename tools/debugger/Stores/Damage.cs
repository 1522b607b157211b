namespace KernelSim.Debugger.Stores;

/// <summary>What of a structure cannot be read or contradicts itself: the first few lines, and how many more there were.</summary>
internal sealed class Damage
{
    private const int MostLines = 8;

    private readonly List<string> _lines = [];
    private int _more;

    public void Report(string line)
    {
        if (_lines.Count < MostLines)
        {
            _lines.Add(line);
        }
        else
        {
            _more++;
        }
    }

    /// <summary>Hands out the lines.</summary>
    public void Tell(Action<string> note)
    {
        _lines.ForEach(note);
        if (_more > 0)
        {
            note($"... and {_more} more of this kind");
        }
    }
}
