using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Ebpf;

/// <summary><c>!epoch</c>: the epochs of the eBPF driver.</summary>
internal sealed class EpochCommand(EbpfDriver driver, IMemoryAccess memory) : IDebuggerCommand
{
    public string Name => "!epoch";

    public string Arguments => "";

    public string Summary => "Shows the epochs: who is in one, and what waits for them to end.";

    public IReadOnlyList<string> Details =>
    [
        "Readers are the epochs that threads on the processor are in. What was retired in the oldest of them or later is kept until it ends.",
    ];

    public void Run(CommandCall call)
    {
        call.Arguments.End();
        EpochView epochs = driver.Core.Epochs;
        call.Result.Member(new("published", ColumnKind.Number), epochs.Published);
        call.Result.Member(new("retiring", ColumnKind.Number), epochs.Retiring);
        call.Result.Member(new("computing", ColumnKind.Flag), epochs.IsComputing);
        call.Result.Member(new("rundown", ColumnKind.Flag), epochs.IsRundown);
        ResultTable table = call.Result.Table(
            new("cpu", ColumnKind.Number),
            new("epoch", ColumnKind.Number),
            new("readers", ColumnKind.Texts),
            new("waiting", ColumnKind.Number),
            new("waiting_bytes", ColumnKind.ByteCount),
            new("oldest", ColumnKind.Number),
            new("timer", ColumnKind.Flag));
        call.Each(epochs.Processors, cpu => table.Add(
            cpu.Number,
            cpu.CurrentEpoch,
            cpu.Readers.Select(r => r.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToArray(),
            cpu.Waiting,
            cpu.WaitingBytes,
            cpu.OldestStamp(memory.Kernel),
            cpu.IsTimerArmed));
    }
}
