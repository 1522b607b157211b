using KernelSim.Protocol.Gate;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Recording;
using KernelSim.TraceView.Tests.Support;
using KernelSim.Tracing;
using KernelSim.UserMode;

[assembly: AssemblyFixture(typeof(Traces))]

namespace KernelSim.TraceView.Tests.Support;

/// <summary>
/// The traces that the tests look at, and pages of them. All are recorded one after the other before the first test: a recording sees the
/// whole host process.
/// </summary>
public sealed class Traces : IDisposable
{
    private readonly TempFolder _folder = new();

    public Traces()
    {
        TourPage = Path.Combine(_folder.Path, "tour.html");
        TourFile = Path.Combine(_folder.Path, "tour.nettrace");
        Assert.Equal(0, Tool("tour", "--trace", TourFile, "--html", TourPage));
        Tour = TraceReader.Read(TourFile);
        FourBytes = Record(session =>
        {
            // Four bytes on four CPUs: 8 a slot, 32 an element. The program made room for 4 an element.
            session.UpdateBatch(LibraryVersion.Upstream, HeapMode.Packed, valueSize: 4, elements: 3, valueBytes: 12);
            session.UpdateBatch(LibraryVersion.Checked, HeapMode.Packed, valueSize: 4, elements: 3, valueBytes: 96);
        });
        Flagged = Record(session =>
            session.UpdateBatch(LibraryVersion.Checked, HeapMode.Packed, valueSize: 4, elements: 3, valueBytes: 96, flags: (1UL << 63) + 1));
        Large = Record(session =>
        {
            while (session.Events < 100_000)
            {
                session.UpdateBatch(LibraryVersion.Upstream, HeapMode.Packed, valueSize: 4, elements: 500, valueBytes: 500 * 32);
                session.UpdateBatch(LibraryVersion.Checked, HeapMode.Packed, valueSize: 4, elements: 8, valueBytes: 8 * 4);
            }
        });
        Counting = RecordScript(
            """
            {"op":"object_load","as":"c","file":"counter.o","execution":"interpreter"}
            {"op":"prog_attach","as":"l","fd":"c.count_packets","ifindex":1}
            {"op":"network_event","cpu":1,"event":"packet","protocol":"udp","local_port":53,"ifindex":1,"payload":100}
            """);
        Stopped = RecordScript(
            """
            {"op":"object_load","as":"m","file":"missing_bounds_check.o"}
            {"op":"prog_attach","as":"l","fd":"m.drop_by_marker","ifindex":1}
            {"op":"network_event","cpu":1,"event":"packet","protocol":"udp","local_port":53,"ifindex":1,"payload":100}
            """);
        LargePage = Page(Large, "large.html");
        FourBytesPage = Page(FourBytes, "four.html");
    }

    /// <summary>The tour's story, as its page and as its recording.</summary>
    public string TourPage { get; }

    public string TourFile { get; }

    public TraceLog Tour { get; }

    /// <summary>Two batches of three elements of four bytes on four CPUs: one that overruns, one that is right.</summary>
    public TraceLog FourBytes { get; }

    public string FourBytesPage { get; }

    /// <summary>A batch that is refused for a flag in the highest of 64 bits.</summary>
    public TraceLog Flagged { get; }

    /// <summary>A packet runs the counter in C, each of whose instructions is recorded.</summary>
    public TraceLog Counting { get; }

    /// <summary>A packet runs a compiled program in C that stops the machine.</summary>
    public TraceLog Stopped { get; }

    /// <summary>At least 100,000 events.</summary>
    public TraceLog Large { get; }

    public string LargePage { get; }

    /// <summary>Writes the page of a trace.</summary>
    public string Page(TraceLog log, string name, string title = "KernelSim trace")
    {
        string path = Path.Combine(_folder.Path, name);
        TracePage.WriteFile(log, new TracePageOptions { Title = title, Source = name }, path);
        return path;
    }

    /// <summary>A path that is removed with the others.</summary>
    public string NewPath(string name) => Path.Combine(_folder.Path, name);

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs a command line of the tool.</summary>
    public static int Tool(params string[] args)
    {
        using StringReader input = new(string.Empty);
        using StringWriter output = new();
        using StringWriter error = new();
        return KernelSimTool.Run(args, new ToolConsole(input, output, error));
    }

    /// <summary>A lab script, with the instructions of programs. Its object files are those of <c>samples/c</c>.</summary>
    private TraceLog RecordScript(string script)
    {
        string file = _folder.Add("lab.jsonl", System.Text.Encoding.UTF8.GetBytes(
            script.Replace("\"file\":\"", $"\"file\":\"{Repository.PathOf("samples", "c").Replace('\\', '/')}/", StringComparison.Ordinal)));
        using TraceRecorder recorder = TraceRecorder.StartInMemory(
            KernelEventSource.AllButInstructions | KernelEventSource.Keywords.Instruction);
        Tool("script", "--cpus", "2", file);
        return recorder.Stop();
    }

    private static TraceLog Record(Action<LabSession> play)
    {
        using TraceRecorder recorder = TraceRecorder.StartInMemory();
        using (LabSession session = new())
        {
            play(session);
        }

        return recorder.Stop();
    }
}
