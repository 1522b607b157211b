using Microsoft.Playwright;

namespace KernelSim.TraceView.Tests.Support;

/// <summary>A page in a browser, with what it complained of and what it asked the network for.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];
    private readonly List<string> _requests = [];

    internal OpenPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => _complaints.Add(error);
        page.Request += (_, request) => _requests.Add(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of its console, and exceptions that nobody caught.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>Every address that it loaded, itself the first.</summary>
    public IReadOnlyList<string> Requests => _requests;

    /// <summary>The current event in words, as a screen reader is told it.</summary>
    public Task<string> Words() => Page.InnerTextAsync("#words");

    /// <summary>Which event of how many that is, and where it happened.</summary>
    public Task<string> Place() => Page.InnerTextAsync("#place");

    /// <summary>The number of the current event.</summary>
    public async Task<int> Event() =>
        int.Parse((await Place()).Split("event ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The chosen row of a list.</summary>
    public Task<string> Chosen(string list) => Page.InnerTextAsync($"#{list} [aria-selected=true]");

    public Task Press(string key) => Page.Keyboard.PressAsync(key);

    /// <summary>Types into the search and waits until the page has searched.</summary>
    public async Task Search(string text)
    {
        await Page.FillAsync("#search", text);
        await Page.WaitForFunctionAsync("t => document.documentElement.dataset.searched === t", text);
    }

    /// <summary>The cells of a row of the ledger, by the row's name: type, offset from the buffer's start, bytes.</summary>
    public Task<string[]> Cells(string row) => Page.EvalOnSelectorAllAsync<string[]>(
        $"#ledger .cells[aria-label^='{row},'] .cell",
        "cells => cells.map(c => `${[...c.classList].filter(n => n !== 'cell' && n !== 'current').join(' ')} ${c.dataset.bytes}`)");

    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}
