using System.CommandLine;
using KernelSim.Tool.Bpf.Compiling;
using KernelSim.Tool.Bpf.Objects;
using KernelSim.Tool.Bpf.Running;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bpf;

/// <summary>The noun <c>bpf</c>: programs as bytes and object files, outside of any machine. One file and one row for each verb.</summary>
internal sealed class BpfCommand : ICommandModule
{
    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim bpf disassemble counter.o",
        "Prints the instructions of each program with the lines of C that they were made from.");

    /// <inheritdoc/>
    public IReadOnlyList<ICommandModule> Verbs { get; } =
    [
        new RunCommand(),
        new SectionsCommand(),
        new DisassembleCommand(),
        new VerifyCommand(),
        new CompileCommand(),
    ];

    /// <inheritdoc/>
    public Command Build(ToolConsole console) => new("bpf", "Run programs as bytes, and look into object files, outside of any machine.");
}
