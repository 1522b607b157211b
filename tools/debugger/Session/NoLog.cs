using KernelSim.Debugger.Commands;

namespace KernelSim.Debugger.Session;

/// <summary>Where no log can be kept.</summary>
internal sealed class NoLog : ISessionLog
{
    /// <inheritdoc/>
    public string? Path => null;

    /// <inheritdoc/>
    public void Open(string path) => throw new CommandException("a log is kept by 'kernelsim debug' only");

    /// <inheritdoc/>
    public void Close()
    {
        // There is none.
    }
}
