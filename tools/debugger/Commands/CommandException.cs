namespace KernelSim.Debugger.Commands;

/// <summary>A command cannot do what it was asked: the message names what was given and what was expected, in one line.</summary>
internal sealed class CommandException : Exception
{
    public CommandException()
        : this("The command failed")
    {
    }

    public CommandException(string message)
        : base(message)
    {
    }

    public CommandException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
