using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Nt;

/// <summary><c>!poolfind</c>: the blocks of a tag.</summary>
internal sealed class PoolFindCommand(IMachineAccess machines, ITargetAccess target, IMemoryAccess memory) : IDebuggerCommand
{
    private const int DefaultMost = 1000;

    public string Name => "!poolfind";

    public string Arguments => "TAG [N]";

    public string Summary => "Lists the pool blocks in use under a tag and the tag's owner, the first N of them.";

    public IReadOnlyList<string> Details => [$"N is {DefaultMost} if it is left out. The tag * stands for all."];

    public void Run(CommandCall call)
    {
        string tag = call.Arguments.Word("a pool tag");
        uint most = call.Arguments.Number("the number of blocks to show") ?? DefaultMost;
        call.Arguments.End();
        PoolRows.Add(
            call,
            machines.Current,
            new PoolWalk(target.Target, memory.Kernel).Blocks(call.Result.Note).Where(b => !b.IsFreed && (tag == "*" || b.Tag.ToString() == tag)),
            most);
    }
}
