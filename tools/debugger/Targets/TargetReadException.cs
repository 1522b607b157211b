namespace KernelSim.Debugger.Targets;

/// <summary>The target cannot be read, or does not contain what was expected. The message is one line for the user.</summary>
internal sealed class TargetReadException : Exception
{
    public TargetReadException()
        : this("The target cannot be read")
    {
    }

    public TargetReadException(string message)
        : base(message)
    {
    }

    public TargetReadException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
