using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.UserMode;

/// <summary>A call of the typed API failed. The message gives the map, the values given and the values expected in one line.</summary>
public sealed class BpfException : Exception
{
    /// <summary>Creates the exception for a refusal.</summary>
    /// <param name="refusal">The check that refused, with its numbers.</param>
    public BpfException(Refusal refusal)
        : base(LineOf(refusal))
    {
        Errno = refusal.Errno;
        Refusal = refusal;
    }

    /// <summary>Creates the exception for a failure that is not a refusal, such as a missing key.</summary>
    /// <param name="message">Describes what failed.</param>
    /// <param name="errno">The errno that the libbpf-shaped call would set.</param>
    public BpfException(string message, Errno errno)
        : base(message)
    {
        Errno = errno;
    }

    /// <summary>The errno that the libbpf-shaped call would set.</summary>
    public Errno Errno { get; }

    /// <summary>The refusal; null if no check refused.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The check that refused; null if none did.</summary>
    public Check? Check => Refusal?.Check;

    /// <summary>The number given, if the check compares numbers.</summary>
    public long? Given => Refusal?.Given;

    /// <summary>The number expected, if the check compares numbers.</summary>
    public long? Expected => Refusal?.Expected;

    /// <summary>Number of elements of a batch that were done before the one that failed.</summary>
    public int Processed { get; init; }

    private static string LineOf(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Line;
    }
}
