using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Targets;
using KernelSim.Nt;

namespace KernelSim.Debugger.Clr;

/// <summary><c>k</c>: the call path of each thread in the kernel, across the boundary.</summary>
internal sealed class StackCommand(IMachineAccess machines, ITargetAccess target) : IDebuggerCommand
{
    private const int MostFrames = 200;
    private const string Simulator = "KernelSim.";
    private const string Library = "library";

    private static readonly string s_machine = typeof(Machine).FullName!;

    // The methods of a machine that stop it.
    private static readonly string[] s_stopping = ["Stop", nameof(Machine.BugCheck), nameof(Machine.StopOnUnhandled)];

    // By the start of a type's name, the more special first: whose code a frame is.
    private static readonly (string Prefix, string Layer)[] s_layers =
    [
        ("KernelSim.UserMode.", Library),
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
            TargetFrame[] frames = stacks.TryGetValue(thread.HostId, out TargetThread? stack) ? [.. WithoutStop(stack.Frames).Where(IsShown)] : [];
            string[] layers = LayersOf(frames);
            for (int i = 0; i < frames.Length; i++)
            {
                string method = FieldText.MethodName(frames[i].Type, frames[i].Method);
                table.Add(thread.Processor, thread.Id, thread.RequestId, i, layers[i], method);
            }
        });
    }

    /// <summary>Frames of the simulator and of its drivers; what the runtime does below them is left out.</summary>
    private static bool IsShown(TargetFrame frame) =>
        frame.Type.StartsWith(Simulator, StringComparison.Ordinal)
        || (frame.Type.Length > 0 && !frame.Type.StartsWith("System.", StringComparison.Ordinal));

    /// <summary>The frames of a stack below what stopped the machine, such as the writing of a dump, if it did.</summary>
    private static IEnumerable<TargetFrame> WithoutStop(IReadOnlyList<TargetFrame> frames)
    {
        for (int i = frames.Count - 1; i >= 0; i--)
        {
            if (frames[i].Type == s_machine && Array.IndexOf(s_stopping, FieldText.NameOf(frames[i].Method)) >= 0)
            {
                return frames.Skip(i);
            }
        }

        return frames;
    }

    /// <summary>
    /// Whose code each frame is. What a driver was called with is between the I/O manager and the kernel, so a type that is nobody's is a driver's
    /// where a frame of the system is below it.
    /// </summary>
    private static string[] LayersOf(TargetFrame[] frames)
    {
        string?[] known = [.. frames.Select(f => Array.Find(s_layers, l => f.Type.StartsWith(l.Prefix, StringComparison.Ordinal)).Layer)];
        int outermost = Array.FindLastIndex(known, l => l is not null && l != Library);
        return [.. known.Select((layer, i) => layer ?? (i < outermost ? "driver" : "application"))];
    }
}
