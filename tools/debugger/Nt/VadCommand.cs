using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Nt;

/// <summary><c>!vad</c>: the memory of a process.</summary>
internal sealed class VadCommand(IMachineAccess machines) : IDebuggerCommand
{
    public string Name => "!vad";

    public string Arguments => "PID";

    public string Summary => "Lists the regions of a process's memory.";

    public void Run(CommandCall call)
    {
        ProcessView process = ProcessList.Find(machines.Current, Name, call.Arguments.RequiredNumber("a process id"));
        call.Arguments.End();
        ResultTable table = call.Result.Table(
            new("start", ColumnKind.Pointer),
            new("end", ColumnKind.Pointer),
            new("bytes", ColumnKind.ByteCount),
            new("protection", ColumnKind.Text),
            new("kind", ColumnKind.Text),
            new("section", ColumnKind.Pointer));
        if (process.Memory.IsReleased)
        {
            call.Result.Note($"process {process.Id} has ended: its memory has gone back to the host");
        }

        call.Each(process.Memory.Regions, region => table.Add(
            region.Range.Address, region.Range.End, region.Range.Length, ProtectionOf(region), KindOf(region), region.Section?.Range.Address));
    }

    /// <summary>What a region is.</summary>
    internal static string KindOf(RegionView region) =>
        region.Section is not null ? "view" : region.IsHeapBlock ? "heap block" : "region";

    /// <summary>The protection of its pages.</summary>
    internal static string ProtectionOf(RegionView region) => region.IsMixed ? "mixed" : region.Protection.ToString();
}
