using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.Clr;

/// <summary><c>k</c>: the call path of each thread in the kernel, across the boundary.</summary>
internal sealed class StackCommand(IMachineAccess machines, ITargetAccess target) : IDebuggerCommand
{
    private const int MostFrames = 200;
    private const string Simulator = "KernelSim.";

    // By the start of a type's name, the more special first: whose code a frame is.
    private static readonly (string Prefix, string Layer)[] s_layers =
    [
        ("KernelSim.UserMode.", "library"),
        ("KernelSim.Nt.SystemCalls.", "gate"),
        ("KernelSim.Nt.Io.", "I/O manager"),
        ("KernelSim.Nt.", "kernel"),
        ("KernelSim.EbpfCore.", "EbpfCore"),
        ("KernelSim.NetEbpfExt.", "NetEbpfExt"),
        ("KernelSim.Samples.", "driver"),
    ];

    public string Name => "k";

    public string Arguments => "[CPU]";

    public string Summary => "Shows the call path of each thread in the kernel, with the processor that it occupies and the layer of each call.";

    public void Run(CommandCall call)
    {
        uint? cpu = machines.ReadProcessor(call.Arguments, Name);
        call.Arguments.End();
        Dictionary<int, TargetThread> stacks = target.Require<IStackSource>("stacks").ReadThreads(MostFrames)
            .GroupBy(t => t.ManagedId).ToDictionary(g => g.Key, g => g.First());
        ResultTable table = call.Result.Table(
            new("cpu", ColumnKind.Number),
            new("thread", ColumnKind.Number),
            new("request", ColumnKind.Number),
            new("frame", ColumnKind.Number),
            new("layer", ColumnKind.Text),
            new("method", ColumnKind.Text));
        call.Each(machines.Current.Threads.Where(t => t.IsInKernel && (cpu is null || t.Processor == cpu)), thread =>
        {
            TargetFrame[] frames = stacks.TryGetValue(thread.HostId, out TargetThread? stack) ? [.. stack.Frames.Where(IsShown)] : [];
            for (int i = 0; i < frames.Length; i++)
            {
                string method = FieldText.MethodName(frames[i].Type, frames[i].Method);
                table.Add(thread.Processor, thread.Id, thread.RequestId, i, LayerOf(frames[i].Type), method);
            }
        });
    }

    /// <summary>Frames of the simulator and of its drivers; what the runtime does below them is left out.</summary>
    private static bool IsShown(TargetFrame frame) =>
        frame.Type.StartsWith(Simulator, StringComparison.Ordinal)
        || (frame.Type.Length > 0 && !frame.Type.StartsWith("System.", StringComparison.Ordinal));

    private static string LayerOf(string type) =>
        s_layers.FirstOrDefault(l => type.StartsWith(l.Prefix, StringComparison.Ordinal)).Layer ?? "application";
}
