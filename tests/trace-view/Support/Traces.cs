using KernelSim.Protocol.Gate;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Recording;
using KernelSim.TraceView.Tests.Support;
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
