using KernelSim.Tool.Bpftool.Arguments;

namespace KernelSim.Tool.Bpftool;

/// <summary>A command of a noun: one row of a table.</summary>
/// <param name="Name">Its keyword.</param>
/// <param name="Summary">What it does, in a line.</param>
/// <param name="Words">The words that it takes, for the help.</param>
/// <param name="Run">Runs it; the exit code is the lowest 8 bits of what it returns.</param>
/// <param name="Example">A command line that works.</param>
internal sealed record CommandRow(string Name, string Summary, string Words, Func<BpftoolContext, WordReader, int> Run, string Example)
{
    /// <summary>The options that KernelSim adds.</summary>
    public IReadOnlyList<OptionOfVerb> Options { get; init; } = [];
}
