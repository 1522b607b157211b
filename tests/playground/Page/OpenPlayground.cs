using System.Buffers.Text;
using System.Text;
using KernelSim.TraceView.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KernelSim.Playground.Tests.Page;

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
        $"#s={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(script))}{options}&run=1";

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
    public Task<string[]> Results() =>
        Page.EvalOnSelectorAllAsync<string[]>("pre[data-line]", "all => all.map(e => `${e.dataset.line} ${e.textContent}`)");

    public Task IsAtStep(int step, int of) => Expect(Page.Locator("#place")).ToHaveTextAsync($"step {step} of {of}");

    public ValueTask DisposeAsync() => opened.DisposeAsync();
}
