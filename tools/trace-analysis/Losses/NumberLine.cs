namespace KernelSim.TraceAnalysis.Losses;

/// <summary>
/// The numbers seen so far, as contiguous runs. Without losses there is one run, and a few more while threads overtake
/// each other: memory grows with the missing numbers, not with the present ones.
/// </summary>
internal sealed class NumberLine
{
    /// <summary>First and last number of each run, in order; runs do not touch.</summary>
    private readonly List<(ulong First, ulong Last)> _runs = [];

    /// <summary>First and last number of each gap between two runs.</summary>
    public IEnumerable<(ulong First, ulong Last)> Gaps => _runs.Zip(_runs.Skip(1), (left, right) => (left.Last + 1, right.First - 1));

    /// <summary>Adds a number; one that was seen before changes nothing.</summary>
    public void Add(ulong number)
    {
        // Nearly every number is the one after the last, or a few before: search from the end.
        int i = _runs.Count - 1;
        while (i >= 0 && _runs[i].First > number)
        {
            i--;
        }

        if (i >= 0 && number <= _runs[i].Last)
        {
            return;
        }

        bool extendsLeft = i >= 0 && _runs[i].Last + 1 == number;
        bool extendsRight = i + 1 < _runs.Count && _runs[i + 1].First == number + 1;
        if (extendsLeft && extendsRight)
        {
            _runs[i] = (_runs[i].First, _runs[i + 1].Last);
            _runs.RemoveAt(i + 1);
        }
        else if (extendsLeft)
        {
            _runs[i] = (_runs[i].First, number);
        }
        else if (extendsRight)
        {
            _runs[i + 1] = (number, _runs[i + 1].Last);
        }
        else
        {
            _runs.Insert(i + 1, (number, number));
        }
    }
}
