using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.UserMode;

/// <summary>A call of the typed API failed. The message says in one line on which map, what was given and what was expected.</summary>
public sealed class BpfException : Exception
{
    /// <summary>Makes the exception for a refusal.</summary>
    /// <param name="refusal">What was refused.</param>
    public BpfException(Refusal refusal)
        : base(refusal.Line)
    {
        Errno = refusal.Errno;
        Refusal = refusal;
    }

    /// <summary>Makes the exception for a failure that no check stands for, such as a key that is missing.</summary>
    /// <param name="message">What failed.</param>
    /// <param name="errno">The errno that the libbpf-shaped call would set.</param>
    public BpfException(string message, Errno errno)
        : base(message)
    {
        Errno = errno;
    }

    /// <summary>The errno that the libbpf-shaped call would set.</summary>
    public Errno Errno { get; }

    /// <summary>What was refused, if a check did.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The check that refused, if one did.</summary>
    public Check? Check => Refusal?.Check;

    /// <summary>What was given, if the check compares numbers.</summary>
    public long? Given => Refusal?.Given;

    /// <summary>What was expected, if the check compares numbers.</summary>
    public long? Expected => Refusal?.Expected;

    /// <summary>Elements of a batch that were done before the one that failed.</summary>
    public int Processed { get; init; }
}
