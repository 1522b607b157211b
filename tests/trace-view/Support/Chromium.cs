using KernelSim.TraceView.Tests.Support;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace KernelSim.TraceView.Tests.Support;

/// <summary>The host's Chromium, headless, started when the first test asks for it. Where there is none, those tests are skipped.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    private static readonly string[] s_flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync",
    ];

    private readonly SemaphoreSlim _once = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Opens a file in a window of its own.</summary>
    /// <param name="path">The page.</param>
    /// <param name="hash">What its address ends in, such as <c>#request=4</c>.</param>
    /// <param name="options">The window; 1280 by 800 and light when not given.</param>
    public async Task<OpenPage> Open(string path, string hash = "", BrowserNewContextOptions? options = null)
    {
        IBrowser browser = await Start();
        IBrowserContext context = await browser.NewContextAsync(
            options ?? new() { ViewportSize = new() { Width = 1280, Height = 800 }, ColorScheme = ColorScheme.Light });
        context.SetDefaultTimeout(120_000); // A page that never gets there fails the test; a host that is busy does not.
        OpenPage page = new(context, await context.NewPageAsync());
        await page.Page.GotoAsync(new Uri(path).AbsoluteUri + hash);
        await page.Page.WaitForSelectorAsync("html[data-ready-ms]", new() { State = WaitForSelectorState.Attached });
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
        _once.Dispose();
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .SelectMany(folder => s_names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    private async Task<IBrowser> Start()
    {
        string? executable = Find();
        Assert.SkipWhen(executable is null, "no Chromium on the PATH to open the page in");
        await _once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = s_flags });
        }
        finally
        {
            _once.Release();
        }
    }
}
