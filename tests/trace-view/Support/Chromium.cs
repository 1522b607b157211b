using KernelSim.TraceView.Tests.Support;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace KernelSim.TraceView.Tests.Support;

/// <summary>
/// The host's Chromium, headless, started when the first test asks for it. Where there is none, or none that starts, those tests are skipped.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    private static readonly string[] s_flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync",
    ];

    /// <summary>In milliseconds. A page that never gets there fails the test; a host that is busy does not.</summary>
    private const float Patience = 120_000;

    private readonly SemaphoreSlim _once = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string? _whyNot;

    /// <summary>Opens a file in a window of its own.</summary>
    /// <param name="path">The page.</param>
    /// <param name="hash">What its address ends in, such as <c>#request=4</c>.</param>
    /// <param name="options">The window; 1280 by 800 and light when not given.</param>
    public async Task<OpenPage> Open(string path, string hash = "", BrowserNewContextOptions? options = null)
    {
        IBrowser browser = await Start();
        IBrowserContext context = await browser.NewContextAsync(
            options ?? new() { ViewportSize = new() { Width = 1280, Height = 800 }, ColorScheme = ColorScheme.Light });
        context.SetDefaultTimeout(Patience);
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
        await _once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_browser is null && _whyNot is null)
            {
                _whyNot = Find() is { } executable ? await Launch(executable) : "no Chromium on the PATH to open the page in";
            }
        }
        finally
        {
            _once.Release();
        }

        Assert.SkipWhen(_browser is null, _whyNot ?? string.Empty);
        return _browser;
    }

    /// <summary>Starts it; null, or why it does not start: some hosts have a placeholder under its name.</summary>
    private async Task<string?> Launch(string executable)
    {
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        Assertions.SetDefaultExpectTimeout(Patience);
        try
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = s_flags, Timeout = Patience });
            return null;
        }
        catch (PlaywrightException e)
        {
            return $"{executable} does not start: {e.Message.Split('\n')[0]}";
        }
    }
}
