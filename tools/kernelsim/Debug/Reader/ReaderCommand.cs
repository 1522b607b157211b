using KernelSim.Debugger.Commands;

namespace KernelSim.Tool.Debug.Reader;

/// <summary>A command that is run by the process that reads the dump.</summary>
internal sealed class ReaderCommand(IDebuggerCommand command, DumpReader reader) : IDebuggerCommand
{
    private const string ChoosesMachine = "!machine";

    /// <inheritdoc/>
    public string Name => command.Name;

    /// <inheritdoc/>
    public IReadOnlyList<string> Aliases => command.Aliases;

    /// <inheritdoc/>
    public string Arguments => command.Arguments;

    /// <inheritdoc/>
    public string Summary => command.Summary;

    /// <inheritdoc/>
    public IReadOnlyList<string> Details => command.Details;

    /// <inheritdoc/>
    public bool ReadsTarget => false;

    /// <inheritdoc/>
    public void Run(CommandCall call)
    {
        reader.Run(call.Result.Command, call.Result);
        if (command.Name == ChoosesMachine && call.Result.Error is null && !call.Arguments.IsEmpty)
        {
            reader.Choose(call.Result.Command);
        }
    }
}
