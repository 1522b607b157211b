using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Memory;

/// <summary><c>dps</c>: memory as pointers, and what they point to.</summary>
internal sealed class DisplayPointersCommand(ITargetAccess target, IMemoryAccess memory) : IDebuggerCommand
{
    public string Name => "dps";

    public string Arguments => MemoryRequest.Arguments;

    public string Summary => "Shows memory as pointers, with the pool blocks and objects that they point to.";

    public IReadOnlyList<string> Details =>
        ["Kernel structures hold addresses of the host; the column 'points to' has the simulated address of one that is in pool."];

    public void Run(CommandCall call)
    {
        MemoryRequest request = MemoryRequest.Parse(call.Arguments);
        byte[] bytes = request.Read(call, memory, sizeof(ulong));
        PoolWalk walk = new(target.Target, memory.Kernel);
        ResultTable table = call.Result.Table(
            new("address", ColumnKind.Pointer),
            new("value", ColumnKind.Pointer),
            new("points_to", ColumnKind.Pointer),
            new("what", ColumnKind.Text));
        for (int at = 0; at < bytes.Length; at += sizeof(ulong))
        {
            ulong value = BitConverter.ToUInt64(bytes, at);
            ulong simulated = memory.Kernel.RangeAt(value) is not null ? value : memory.Kernel.AddressOf(value);
            table.Add(request.Address + (ulong)at, value, simulated == 0 ? null : simulated, Describe(walk, value, simulated));
        }
    }

    private string? Describe(PoolWalk walk, ulong value, ulong simulated) =>
        simulated != 0 ? walk.BlockAt(simulated, _ => { }) is { } block
            ? $"{(block.IsFreed ? "freed " : "")}block '{block.Tag}' + 0x{simulated - block.Address:x}"
            : "kernel memory"
        : target.Target.ObjectAt(value)?.TypeName;
}
