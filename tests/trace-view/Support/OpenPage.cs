using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KernelSim.TraceView.Tests.Support;

/// <summary>
/// A page in a browser, with what it complained of and what it asked the network for. A click or a key is answered when the page comes to
/// it: what has to change after one is awaited with <c>Expect</c>, never read once.
/// </summary>
public sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = [];
    private readonly ConcurrentQueue<string> _requests = [];

    internal OpenPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Enqueue(message.Text);
            }
        };
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Request += (_, request) => _requests.Enqueue(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of its console, and exceptions that nobody caught.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Every address that it loaded, itself the first.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>The current event in words, as a screen reader is told it.</summary>
    public ILocator Words => Page.Locator("#words");

    /// <summary>Which event of how many that is, and where it happened.</summary>
    public ILocator Place => Page.Locator("#place");

    /// <summary>How many events pass the filter.</summary>
    public ILocator EventCount => Page.Locator("#events-count");

    /// <summary>The number of the event at which the page opened.</summary>
    public async Task<int> FirstEvent() =>
        int.Parse((await Place.InnerTextAsync()).Split("event ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The chosen row of a list.</summary>
    public ILocator Chosen(string list) => Page.Locator($"#{list} [aria-selected=true]");

    /// <summary>Waits until an event is the current one.</summary>
    public Task IsAt(int position) => Expect(Place).ToContainTextAsync($"event {position} ·");

    /// <summary>Waits until a step is the current one.</summary>
    public Task IsAtStep(int step, int of) => Expect(Place).ToContainTextAsync($"Step {step} of {of} ·");

    /// <summary>Waits until a request is the chosen one.</summary>
    public Task HasChosen(int request) => Expect(Chosen("requests")).ToHaveTextAsync(new Regex($@"^\W*{request} "));

    public Task Press(string key) => Page.Keyboard.PressAsync(key);

    /// <summary>Types into the search and waits until the page has searched.</summary>
    public async Task Search(string text)
    {
        await Page.FillAsync("#search", text);
        await HasSearched(text);
    }

    /// <summary>Waits until the page has searched for a text.</summary>
    public Task HasSearched(string text) => Expect(Page.Locator("html")).ToHaveAttributeAsync("data-searched", text);

    /// <summary>The cells of a row of the ledger, by the row's name: type, offset from the buffer's start, bytes.</summary>
    public Task<string[]> Cells(string row) => Page.EvalOnSelectorAllAsync<string[]>(
        $"#ledger .cells[aria-label^='{row},'] .cell",
        "cells => cells.map(c => `${[...c.classList].filter(n => n !== 'cell' && n !== 'current').join(' ')} ${c.dataset.bytes}`)");

    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}
