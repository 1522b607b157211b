using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Nt;

/// <summary><c>!pool</c>: the block around an address.</summary>
internal sealed class PoolCommand(IMachineAccess machines, ITargetAccess target, IMemoryAccess memory) : IDebuggerCommand
{
    public string Name => "!pool";

    public string Arguments => "ADDRESS";

    public string Summary => "Shows the pool block that contains an address.";

    public void Run(CommandCall call)
    {
        ulong address = call.Arguments.RequiredAddress();
        call.Arguments.End();
        PoolBlock block = new PoolWalk(target.Target, memory.Kernel).BlockAt(address, call.Result.Note)
            ?? throw new CommandException(memory.Kernel.RangeAt(address) is null
                ? $"{Name}: 0x{address:x} given, expected an address in pool"
                : $"{Name}: 0x{address:x} given, expected an address in a block: no good header is before it");
        PoolRows.Add(call, machines.Current, [block], most: 1);
    }
}
