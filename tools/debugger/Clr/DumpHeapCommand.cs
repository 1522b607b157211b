using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.Clr;

/// <summary><c>dumpheap -stat</c>: the managed heap by type.</summary>
internal sealed class DumpHeapCommand(ITargetAccess target) : IDebuggerCommand
{
    private const string Statistics = "-stat";

    public string Name => "dumpheap";

    public string Arguments => Statistics;

    public string Summary => "Lists the types of the managed heap with their objects and bytes, those with most last.";

    public void Run(CommandCall call)
    {
        string word = call.Arguments.Word(Statistics);
        if (word != Statistics)
        {
            throw new CommandException($"{Name}: '{word}' given, expected {Statistics}");
        }

        call.Arguments.End();

        ResultTable table = call.Result.Table(
            new("count", ColumnKind.Number), new("bytes", ColumnKind.ByteCount), new("type", ColumnKind.Text));
        foreach (HeapUsage usage in target.Require<IHeapSource>("managed heap to walk").ReadUsage())
        {
            table.Add(usage.Count, usage.Bytes, usage.Type);
        }
    }
}
