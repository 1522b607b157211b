namespace KernelSim.TraceAnalysis.Sessions;

/// <summary>A process cannot be recorded.</summary>
public sealed class TargetException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public TargetException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">The reason: what was given and what was expected.</param>
    public TargetException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">Why not: what was given, what was expected.</param>
    /// <param name="innerException">The host's exception.</param>
    public TargetException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
