using System.CommandLine;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Museum;

/// <summary>The noun <c>museum</c>: bugs of eBPF for Windows and its neighbours, each as it was and as it is.</summary>
internal sealed class MuseumCommand : ICommandModule
{
    /// <inheritdoc/>
    public CommandExample Example { get; } = new("kernelsim museum run efw-1420", "Tells the story of a bug, as it was and as it is.");

    /// <inheritdoc/>
    public IReadOnlyList<ICommandModule> Verbs { get; } = [new MuseumListCommand(), new MuseumRunCommand()];

    /// <inheritdoc/>
    public Command Build(ToolConsole console) => new("museum", "Bugs of eBPF for Windows and its neighbours, as they were and as they are.");
}
