namespace KernelSim.Nt.Ke;

/// <summary>
/// A processor: a right to execute, not a thread. Any number of host threads may be on it below DISPATCH_LEVEL; at DISPATCH_LEVEL and
/// above exactly one, so what belongs to the processor needs no lock there.
/// </summary>
public sealed class KeProcessor
{
    internal KeProcessor(int number)
    {
        Number = number;
    }

    /// <summary>Its number, from 0.</summary>
    public int Number { get; }
}
