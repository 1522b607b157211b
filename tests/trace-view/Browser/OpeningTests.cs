using KernelSim.TraceView.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KernelSim.TraceView.Tests.Browser;

/// <summary>What a page shows when it opens, and that it needs nothing but itself.</summary>
public sealed class OpeningTests(Traces traces, Chromium chromium)
{
    [Fact]
    public async Task It_opens_without_complaints_and_asks_the_network_for_nothing()
    {
        string path = traces.Page(traces.Tour, "quiet.html");
        await using OpenPage page = await chromium.Open(path);
        foreach (string key in (string[])["ArrowRight", "n", "0", "+", "x", "t", "End", "Home"])
        {
            await page.Press(key);
        }

        await Expect(page.Place).ToContainTextAsync("Step 1 of ");
        Assert.Empty(page.Complaints);
        Assert.Equal([new Uri(path).AbsoluteUri], page.Requests);
    }

    [Fact]
    public async Task The_failing_request_is_opened_first_at_the_event_that_says_so()
    {
        await using OpenPage page = await chromium.Open(traces.Page(traces.Tour, "first.html"));

        await Expect(page.Chosen("requests")).ToContainTextAsync("4 bpf_map_update_batch");
        await Expect(page.Chosen("requests")).ToContainTextAsync("access violation");
        await Expect(page.Words).ToContainTextAsync("Access violation: process 8 cannot read at 0x20000033000");
        string verdict = await page.Page.InnerTextAsync("#verdict");
        Assert.Contains("runs 32 bytes past the end of the application's values buffer of 96 bytes", verdict, StringComparison.Ordinal);
        Assert.Contains("STATUS_ACCESS_VIOLATION", verdict, StringComparison.Ordinal);
        Assert.Contains("8 × 64 = 512", verdict, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_call_of_a_function_is_marked_as_cold_and_a_later_one_is_not()
    {
        await using OpenPage page = await chromium.Open(traces.Page(traces.Tour, "cold.html"), "#request=4");

        await Expect(page.Chosen("requests")).ToContainTextAsync(" cold");
        await Expect(page.Page.Locator("#verdict")).ToContainTextAsync("cold: the first call of this function");
        await page.Page.EvaluateAsync("location.hash = '#request=31'");
        await page.HasChosen(31);
        await Expect(page.Chosen("requests")).Not.ToContainTextAsync(" cold");
    }

    [Fact]
    public async Task An_address_opens_the_place_that_it_names()
    {
        int check = traces.Tour.Request(31)!.RefusedCheck!.Position;
        await using OpenPage page = await chromium.Open(traces.Page(traces.Tour, "address.html"), $"#request=31&event={check}");

        await Expect(page.Chosen("requests")).ToContainTextAsync("31 bpf_map_update_batch");
        await page.IsAt(check);
    }

    [Fact]
    public async Task The_top_says_events_losses_and_gaps()
    {
        await using OpenPage page = await chromium.Open(traces.Page(traces.Tour, "facts.html"));

        Assert.Contains(
            $"{traces.Tour.Events.Count} events · 0 lost · 0 gaps · {traces.Tour.Requests.Count} requests",
            await page.Page.InnerTextAsync("#facts"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Losses_are_told_at_the_top()
    {
        TraceAnalysis.TraceLog lossy = new([.. traces.Tour.Events.Where(e => e.Position is < 200 or > 210)], lostEvents: 7);
        await using OpenPage page = await chromium.Open(traces.Page(lossy, "lossy.html"));

        string facts = await page.Page.InnerTextAsync("#facts");
        Assert.Contains("11 lost", facts, StringComparison.Ordinal);
        Assert.Contains("Events are missing", facts, StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_trace_without_events_opens_too()
    {
        await using OpenPage page = await chromium.Open(traces.Page(new TraceAnalysis.TraceLog([]), "empty.html"));

        Assert.Contains("0 events", await page.Page.InnerTextAsync("#facts"), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task The_tour_tells_its_story_first_and_leads_into_the_trace()
    {
        await using OpenPage page = await chromium.Open(traces.TourPage);
        await Expect(page.Page.Locator("#story >> text=before-3564: as the reporter had it").First).ToBeVisibleAsync();
        await Expect(page.Page.Locator("#trace")).ToBeHiddenAsync();

        await page.Page.ClickAsync(".to-trace >> nth=1");

        await Expect(page.Page.Locator("#trace")).ToBeVisibleAsync();
        await Expect(page.Chosen("requests")).ToContainTextAsync("8 bpf_map_lookup_batch");
        await page.Press("s");
        await Expect(page.Page.Locator("#story")).ToBeVisibleAsync();
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_hundred_thousand_events_open_and_only_what_is_in_view_exists()
    {
        await using OpenPage page = await chromium.Open(traces.LargePage);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{traces.Large.Events.Count} events, {new FileInfo(traces.LargePage).Length} bytes, "
            + $"ready after {await page.Page.GetAttributeAsync("html", "data-ready-ms")} ms");

        await page.Page.ClickAsync("#requests [data-index='0']");
        await page.Page.ClickAsync("#last");

        await page.IsAt(traces.Large.Events.Count - 1);
        Assert.InRange(await page.Page.Locator("#events .row").CountAsync(), 5, 100);
        Assert.InRange(await page.Page.Locator("*").CountAsync(), 100, 2000);
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData(ColorScheme.Light, "rgb(251, 250, 247)")]
    [InlineData(ColorScheme.Dark, "rgb(22, 24, 28)")]
    public async Task It_is_light_or_dark_as_the_system_asks_and_as_the_reader_says(ColorScheme scheme, string paper)
    {
        await using OpenPage page = await chromium.Open(traces.FourBytesPage, options: new() { ColorScheme = scheme });
        await Expect(page.Page.Locator("body")).ToHaveCSSAsync("background-color", paper);

        await page.Press("t");

        await Expect(page.Page.Locator("body")).Not.ToHaveCSSAsync("background-color", paper);
        await Expect(page.Page.Locator("#theme")).ToHaveTextAsync(scheme == ColorScheme.Light ? "Light" : "Dark");
    }

    [Theory]
    [InlineData(360)]
    [InlineData(600)]
    [InlineData(1280)]
    [InlineData(1920)]
    public async Task On_a_window_of_any_width_nothing_lies_beside_the_page_and_no_name_runs_into_what_follows(int width)
    {
        await using OpenPage page = await chromium.Open(
            traces.Page(traces.Tour, $"wide-{width}.html"), options: new() { ViewportSize = new() { Width = width, Height = 800 } });
        await page.Page.ClickAsync("#requests [data-index='0']"); // the whole trace begins with events of long names
        await page.Press("Home");
        await page.IsAt(0);

        Assert.True(await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        Assert.Equal(0, await page.Page.EvaluateAsync<int>(
            """
            [...document.querySelectorAll("#events .row")].filter((row) =>
              row.querySelector("b").getBoundingClientRect().right > row.lastElementChild.getBoundingClientRect().left).length
            """));
        Assert.Equal(1, await page.Page.EvaluateAsync<int>(
            """new Set([...document.querySelectorAll(".controls button")].map((b) => Math.round(b.getBoundingClientRect().height))).size"""));
    }

    [Fact]
    public async Task Programs_on_their_processors_are_seen_in_the_whole_trace()
    {
        await using OpenPage page = await chromium.Open(traces.Page(traces.Tour, "programs.html"));
        await page.Page.ClickAsync("#requests [data-index='0']");
        await page.Search("helper bpf_map_update_elem");

        await Expect(page.EventCount).ToHaveTextAsync(traces.Tour.Events.Count(
            e => e.Header.Name == "MapHelper" && e.Header.Payload.Text("helper") == "bpf_map_update_elem")
                .ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Nothing_moves_by_itself_for_those_who_asked_for_less_motion()
    {
        await using OpenPage page = await chromium.Open(traces.FourBytesPage, options: new() { ReducedMotion = ReducedMotion.Reduce });

        Assert.Equal("0s", await page.Page.EvalOnSelectorAsync<string>("#ledger .cell.current", "c => getComputedStyle(c).transitionDuration"));
    }

    [Fact]
    public async Task On_paper_stand_the_events_of_the_request_and_no_controls()
    {
        await using OpenPage page = await chromium.Open(traces.FourBytesPage, options: new() { ColorScheme = ColorScheme.Dark });
        await page.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        await page.Page.EmulateMediaAsync(new() { Media = Media.Print });

        await Expect(page.Page.Locator(".controls")).ToBeHiddenAsync();
        await Expect(page.Page.Locator("aside")).ToBeHiddenAsync();
        await Expect(page.EventCount).ToHaveTextAsync($"{await page.Page.Locator("#printed tbody tr").CountAsync()}");
        await Expect(page.Page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(255, 255, 255)");
        Assert.True((await page.Page.PdfAsync()).Length > 10_000);
    }
}
