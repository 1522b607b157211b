using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Rules;

/// <summary>One file being read: its name, and the first check that it failed. Readers return false as soon as there is one.</summary>
/// <param name="file">The name for messages.</param>
internal sealed class ObjectReading(string file)
{
    /// <summary>The first check that the file failed.</summary>
    public ObjectProblem? Problem { get; private set; }

    /// <summary>Records a problem unless the check passed. Returns whether it did.</summary>
    /// <param name="passed">Whether the check passed.</param>
    /// <param name="check">What was checked.</param>
    /// <param name="offset">Where in the file the field is.</param>
    /// <param name="field">The name of the field.</param>
    /// <param name="given">The number in the file.</param>
    /// <param name="expected">What it was compared with.</param>
    public bool Require(bool passed, EbpfCheck check, long offset, string field, long given, long expected = 0)
    {
        if (!passed)
        {
            Problem ??= new ObjectProblem(check, file, offset, field, given, expected);
        }

        return passed;
    }

    /// <inheritdoc cref="Require(bool, EbpfCheck, long, string, long, long)"/>
    public bool Require(bool passed, EbpfCheck check, long offset, string field, ulong given, ulong expected = 0) =>
        Require(passed, check, offset, field, Saturated(given), Saturated(expected));

    private static long Saturated(ulong number) => (long)Math.Min(number, long.MaxValue);
}
