using System.Runtime.CompilerServices;
using KernelSim.Tool.CommandLine;

namespace KernelSim.EndToEnd.Tests.CommandLine;

/// <summary>A process may run any number of command lines: each costs what the first one costs.</summary>
public sealed class RepeatedRunTests
{
    [Theory]
    [InlineData("explain", "EINVAL")]
    [InlineData("trace", "events", "--help")]
    [InlineData("map", "show", "--frob")]
    public void Nothing_of_a_run_stays_in_memory(params string[] args)
    {
        WeakReference output = OutputOfARun(args);

        GC.Collect();

        Assert.False(output.IsAlive, "The tool still refers to the console of a command line that has ended.");
    }

    /// <summary>A method of its own, so that no local of the test keeps the writer.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference OutputOfARun(string[] args)
    {
        StringWriter output = new();
        KernelSimTool.Run(args, new ToolConsole(TextReader.Null, output, TextWriter.Null));
        return new WeakReference(output);
    }
}
