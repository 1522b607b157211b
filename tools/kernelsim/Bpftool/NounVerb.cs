using System.CommandLine;
using KernelSim.Tool.Bpftool.Hosting;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bpftool;

/// <summary>A noun of bpftool's as a verb of the tool.</summary>
/// <param name="name">Its keyword.</param>
/// <param name="summary">What it is about.</param>
/// <param name="example">A command line that works.</param>
/// <param name="commands">Its commands.</param>
internal class NounVerb(string name, string summary, CommandExample example, IReadOnlyList<CommandRow> commands) : ICommandModule, ILineVerb
{
    /// <summary>The command that prints bpftool's usage; the tool has a help of its own.</summary>
    private const string Help = "help";

    /// <inheritdoc/>
    public CommandExample Example => example;

    /// <inheritdoc/>
    public IReadOnlyList<ICommandModule> Verbs { get; } = [.. commands.Where(c => c.Name != Help).Select(c => new CommandVerb(name, c))];

    /// <inheritdoc/>
    public Command Build(ToolConsole console) => new(name, summary);

    /// <inheritdoc/>
    public bool TryRun(IReadOnlyList<string> args, ToolConsole console, out int exitCode)
    {
        ToolLine? line = ToolLine.Read(args);
        bool isMine = line?.Arguments.FirstOrDefault(w => !w.StartsWith('-')) == name;
        exitCode = isMine ? BpftoolLine.Run(line!, console) : 0;
        return isMine;
    }
}

/// <summary><c>map</c>.</summary>
internal sealed class MapVerb() : NounVerb(
    NounTable.Map.Name,
    "Look at and change the maps of a server, with the words of bpftool.",
    new("kernelsim map dump name stats -j", "Prints the elements of the map 'stats' as bpftool does."),
    NounTable.Map.Commands);

/// <summary><c>prog</c>.</summary>
internal sealed class ProgVerb() : NounVerb(
    NounTable.Program.Name,
    "Load, attach, run and show the programs of a server, with the words of bpftool.",
    new("kernelsim prog load droppacket.sys /ebpf/global/drop", "Loads a native module, and pins its first program."),
    NounTable.Program.Commands);

/// <summary><c>link</c>.</summary>
internal sealed class LinkVerb() : NounVerb(
    NounTable.Link.Name,
    "Show, pin and detach the links of a server, with the words of bpftool.",
    new("kernelsim link show", "Lists what is attached."),
    NounTable.Link.Commands);

/// <summary><c>batch</c>.</summary>
internal sealed class BatchVerb() : NounVerb(
    ToolLine.BatchNoun,
    "Run a file of bpftool's commands on a server, in one process.",
    new("kernelsim batch file setup.txt", "Runs the commands of the file, a line each, up to the first that fails."),
    [new("file", "Run the commands of a file; - reads standard input.", "FILE", (_, _) => 0, "kernelsim batch file setup.txt")]);
