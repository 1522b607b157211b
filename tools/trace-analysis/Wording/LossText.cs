using KernelSim.TraceAnalysis.Losses;

namespace KernelSim.TraceAnalysis.Wording;

/// <summary>The known losses of a trace: the first lines of every text about it.</summary>
public static class LossText
{
    /// <summary>Maximum number of gaps to list.</summary>
    private const int MostNamed = 10;

    /// <summary>Writes the line, and one for each of the first gaps.</summary>
    public static void Write(TextWriter output, LossReport losses)
    {
        output.WriteLine(losses.ToString());
        foreach (SequenceGap gap in losses.Gaps.Take(MostNamed))
        {
            output.WriteLine($"  {gap.Events} missing of {gap.Provider}: numbers {gap.First} to {gap.Last} of {gap.Kind}");
        }

        if (losses.Gaps.Count > MostNamed)
        {
            output.WriteLine($"  and {losses.Gaps.Count - MostNamed} more gaps");
        }
    }
}
