namespace KernelSim.TraceAnalysis.Sessions;

/// <summary>A process cannot be recorded.</summary>
public sealed class TargetException : Exception
{
    /// <summary>Makes one without a reason.</summary>
    public TargetException()
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">Why not: what was given, what was expected.</param>
    public TargetException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">Why not: what was given, what was expected.</param>
    /// <param name="innerException">What the host said.</param>
    public TargetException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
