using KernelSim.Tool.Playground;
using KernelSim.TraceView.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

[assembly: AssemblyFixture(typeof(KernelSim.Playground.Tests.Page.PageHost))]

namespace KernelSim.Playground.Tests.Page;

/// <summary>
/// The published page, served as <c>kernelsim playground</c> serves it, also under a path of its own. Where it is not published, tests are skipped.
/// </summary>
public sealed class PageHost : IDisposable
{
    private readonly PlaygroundServer? _server;
    private readonly HostThread? _serving;

    public PageHost()
    {
        if (PublishedFolder.Find() is { } folder)
        {
            Assert.Null(PlaygroundServer.Start(new StaticSite(folder), 0, out _server));
            _serving = HostThread.Run(_server!.ServeAll);
        }
    }

    /// <summary>The address of the page.</summary>
    public string Address
    {
        get
        {
            Assert.SkipWhen(_server is null, PublishedFolder.HowToPublish);
            return _server.Address;
        }
    }

    public void Dispose()
    {
        _server?.Stop();
        _serving?.Join();
        _server?.Dispose();
    }
}

/// <summary>The page in a browser, with what its readers do.</summary>
internal sealed class OpenPlayground(OpenPage opened) : IAsyncDisposable
{
    public IPage Page => opened.Page;

    /// <summary>Errors and warnings of the page and its frame, such as what its policy refused.</summary>
    public IReadOnlyCollection<string> Complaints => opened.Complaints;

    public IReadOnlyCollection<string> Requests => opened.Requests;

    /// <summary>The frame with the trace.</summary>
    public IFrameLocator Trace => Page.FrameLocator("#trace");

    /// <summary>Opens the page and waits until its machine is there.</summary>
    public static async Task<OpenPlayground> Open(PageHost host, Chromium chromium, string hash = "", BrowserNewContextOptions? options = null) =>
        new(await chromium.Open(host.Address, hash, options));

    /// <summary>The part of an address that runs a script at load.</summary>
    public static string Address(string script, string options = "") =>
        $"#s={System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(script))}{options}&run=1";

    /// <summary>Waits until a number of runs has ended.</summary>
    public Task HasRun(int runs = 1) => Expect(Page.Locator("html")).ToHaveAttributeAsync("data-runs", $"{runs}");

    /// <summary>Puts a script into the editor and runs it.</summary>
    public async Task Run(string script, int runs = 2)
    {
        await Page.FillAsync("#script", script);
        await Page.ClickAsync("#run");
        await HasRun(runs);
    }

    /// <summary>The results that are shown: line, and text.</summary>
    public Task<string[]> Results() => Page.EvalOnSelectorAllAsync<string[]>("pre[data-line]", "all => all.map(e => `${e.dataset.line} ${e.textContent}`)");

    public Task IsAtStep(int step, int of) => Expect(Page.Locator("#place")).ToHaveTextAsync($"step {step} of {of}");

    public ValueTask DisposeAsync() => opened.DisposeAsync();
}
