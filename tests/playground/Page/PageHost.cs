using KernelSim.Tool.Playground;

[assembly: AssemblyFixture(typeof(KernelSim.Playground.Tests.Page.PageHost))]

namespace KernelSim.Playground.Tests.Page;

/// <summary>
/// The published page, served as <c>kernelsim playground</c> serves it, but not at the server's root: a web host may have it under any path. Where it
/// is not published, tests are skipped.
/// </summary>
public sealed class PageHost : IDisposable
{
    private readonly PlaygroundServer? _server;
    private readonly HostThread? _serving;
    private readonly string _path = string.Empty;

    public PageHost()
    {
        if (PublishedFolder.Find() is { } folder)
        {
            string above = Path.GetDirectoryName(folder)!;
            _path = $"{Path.GetFileName(folder)}/";
            Assert.Null(PlaygroundServer.Start(new StaticSite(above), 0, out _server));
            _serving = HostThread.Run(_server!.ServeAll);
        }
    }

    /// <summary>The address of the page.</summary>
    public string Address
    {
        get
        {
            Assert.SkipWhen(_server is null, PublishedFolder.HowToPublish);
            return _server.Address + _path;
        }
    }

    public void Dispose()
    {
        _server?.Stop();
        _serving?.Join();
        _server?.Dispose();
    }
}
