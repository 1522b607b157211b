using System.CommandLine;
using KernelSim.Tool.Bpf.Running;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bpf;

/// <summary>The noun <c>bpf</c>: programs as bytes, outside of any machine. One file and one row for each verb.</summary>
internal sealed class BpfCommand : ICommandModule
{
    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim bpf run --program \"b7 00 00 00 2a 00 00 00 95 00 00 00 00 00 00 00\"",
        "Prints 2a, what the program returns.");

    /// <inheritdoc/>
    public IReadOnlyList<ICommandModule> Verbs { get; } =
    [
        new RunCommand(),
    ];

    /// <inheritdoc/>
    public Command Build(ToolConsole console) => new("bpf", "Run and look at programs as bytes.");
}
