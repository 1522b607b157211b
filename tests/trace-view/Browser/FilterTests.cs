using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceView.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KernelSim.TraceView.Tests.Browser;

/// <summary>Filters and the search narrow lists and steps to what matches.</summary>
public sealed class FilterTests(Traces traces, Chromium chromium)
{
    [Theory]
    [InlineData("event", "Copy")]
    [InlineData("provider", "KernelSim-UserApi")]
    [InlineData("level", "Error")]
    public async Task A_filter_narrows_the_events_of_the_whole_trace(string filter, string value)
    {
        await using OpenPage page = await Whole();
        await page.Page.EvaluateAsync("() => { document.querySelector('#more').open = true; }");
        await page.Page.SelectOptionAsync($"#filter-{filter}", value);

        int expected = traces.Tour.Events.Count(e => value == (filter switch
        {
            "event" => e.Header.Name,
            "provider" => e.Header.Provider,
            _ => e.Header.Level,
        }));
        Assert.True(expected > 0);
        await Expect(page.EventCount).ToHaveTextAsync($"{expected}");
        await page.Page.ClickAsync("#clear");
        await Expect(page.EventCount).ToHaveTextAsync($"{traces.Tour.Events.Count}");
    }

    [Fact]
    public async Task An_errno_narrows_the_requests()
    {
        await using OpenPage page = await Whole();
        await page.Page.EvaluateAsync("() => { document.querySelector('#more').open = true; }");
        await page.Page.SelectOptionAsync("#filter-errno", "EINVAL");

        int expected = traces.Tour.Requests.Count(r => r.Stop?.Errno == "EINVAL");
        await Expect(page.Page.Locator("#requests-count")).ToHaveTextAsync($"{expected} of {traces.Tour.Requests.Count}");
    }

    [Theory]
    [InlineData("KS1222", "api.update_batch.values_size")]
    [InlineData("mapfetch", "MapFetch")]
    public async Task The_search_finds_words_in_the_fields_of_events(string text, string field)
    {
        await using OpenPage page = await Whole();
        await page.Search(text);

        int expected = traces.Tour.Events.Count(e => Fields(e).Contains(field));
        Assert.True(expected > 0);
        await Expect(page.EventCount).ToHaveTextAsync($"{expected}");
    }

    [Fact]
    public async Task The_search_finds_addresses_also_at_the_top_of_the_address_space()
    {
        CopyEvent fetch = traces.Tour.Events.OfType<CopyEvent>().First(c => c.Stage == "MapFetch");
        await using OpenPage page = await Whole();
        await page.Search($"0x{fetch.Source:x}");

        await Expect(page.EventCount).Not.ToHaveTextAsync("0");
        Assert.All(
            await page.Page.EvalOnSelectorAllAsync<string[]>("#events .row .n", "all => all.map(n => n.innerText)"),
            n => Assert.Contains($"{fetch.Source}", Fields(traces.Tour.Events[int.Parse(n, System.Globalization.CultureInfo.InvariantCulture)])));
    }

    [Fact]
    public async Task Steps_go_through_what_passes_only()
    {
        await using OpenPage page = await Whole();
        await page.Search("AccessViolation");
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Press("Home");
        int[] expected = [.. traces.Tour.Events.OfType<AccessViolationEvent>().Select(e => e.Position)];

        foreach (int position in expected)
        {
            await page.IsAt(position);
            await page.Press("ArrowRight");
        }
    }

    [Fact]
    public async Task Names_are_shown_with_what_is_no_character_of_a_line_escaped()
    {
        EventPayload payload = new(["requestId", "processor", "mapId", "name"], [0UL, 0, 2L, "two\nli\u001bnes\u202e"]);
        TraceLog log = new([new OtherEvent(new EventHeader(0, 0, "KernelSim-Kernel", "MapCreate", "Informational", payload))]);
        await using OpenPage page = await chromium.Open(traces.Page(log, "hidden.html"));

        await Expect(page.Page.Locator("#cards")).ToContainTextAsync(@"two\nli\u001bnes\u202e");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_search_that_finds_nothing_says_so()
    {
        await using OpenPage page = await Whole();
        await page.Search("no such thing anywhere");

        await Expect(page.Words).ToHaveTextAsync("No event passes the filter.");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_link_of_the_story_shows_its_request_whatever_was_searched_for()
    {
        await using OpenPage page = await chromium.Open(traces.TourPage);
        ILocator link = page.Page.Locator("a.to-trace").First;
        int request = int.Parse((await link.GetAttributeAsync("href"))!.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture);
        await page.Page.ClickAsync("#show-trace");
        await page.Search("KS1222");
        await page.Page.ClickAsync("#show-story");
        await link.ClickAsync();

        await page.HasChosen(request);
        await Expect(page.Page.Locator("#verdict h2")).ToContainTextAsync($"Request {request}");
        await Expect(page.Words).Not.ToHaveTextAsync("No event passes the filter.");
        await Expect(page.Page.Locator("#search")).ToHaveValueAsync("");
        await Expect(page.EventCount).ToHaveTextAsync($"{traces.Tour.Request((ulong)request)!.Events.Count}");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_link_that_is_followed_a_second_time_leads_there_again()
    {
        await using OpenPage page = await chromium.Open(traces.TourPage);
        ILocator link = page.Page.Locator("a.to-trace").First;
        int request = int.Parse((await link.GetAttributeAsync("href"))!.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture);
        for (int times = 0; times < 2; times++)
        {
            await link.ClickAsync();
            await page.HasChosen(request);
            await page.Search("no such thing anywhere");
            await page.Page.ClickAsync("#show-story");
        }

        await link.ClickAsync();
        await page.HasChosen(request);
        await Expect(page.Page.Locator("#search")).ToHaveValueAsync("");
    }

    private static IEnumerable<string?> Fields(TracedEvent e) =>
        Enumerable.Range(0, e.Header.Payload.Count)
            .Select(i => Convert.ToString(e.Header.Payload[i].Value, System.Globalization.CultureInfo.InvariantCulture));

    private Task<OpenPage> Whole() => chromium.Open(traces.Page(traces.Tour, $"{Guid.NewGuid():N}.html"), "#request=0");
}
