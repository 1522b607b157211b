using KernelSim.EndToEnd.Tests.Tour;
using KernelSim.EndToEnd.Tests.Trace;

[assembly: AssemblyFixture(typeof(TourTrace))]

namespace KernelSim.EndToEnd.Tests.Trace;

/// <summary>The trace that <c>kernelsim tour --trace</c> writes: made once, by a host process of its own, for the tests that read one.</summary>
public sealed class TourTrace : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Lazy<string> _path;

    public TourTrace() => _path = new(Make);

    /// <summary>Where it is.</summary>
    public string Path => _path.Value;

    public void Dispose() => _folder.Dispose();

    private string Make()
    {
        string path = System.IO.Path.Combine(_folder.Path, "tour.nettrace");
        TourRun run = TourRun.Start($"--trace \"{path}\"").WaitFor("the tour");
        Assert.True(run.ExitCode == 0, run.Error);
        return path;
    }
}
