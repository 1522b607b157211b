using System.CommandLine;
using KernelSim.Tool.Bpf.Objects;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bpf;

/// <summary>The noun <c>bpf</c>: programs as bytes and object files, without a machine. One file and one row for each verb.</summary>
internal sealed class BpfCommand : ICommandModule
{
    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim bpf disassemble counter.o",
        "Prints the instructions of each program with the lines of C that they were made from.");

    /// <inheritdoc/>
    public IReadOnlyList<ICommandModule> Verbs { get; } =
    [
        new SectionsCommand(),
        new DisassembleCommand(),
        new VerifyCommand(),
    ];

    /// <inheritdoc/>
    public Command Build(ToolConsole console) => new("bpf", "Look into object files, and run programs as bytes, without a machine.");
}
