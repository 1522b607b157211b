using KernelSim.TraceView.Tests.Support;

namespace KernelSim.TraceView.Tests.Browser;

/// <summary>Everything can be done without a pointer, and everything that changes is announced.</summary>
public sealed class KeyboardTests(Traces traces, Chromium chromium)
{
    [Fact]
    public async Task Arrows_step_forward_and_back_and_each_step_is_announced()
    {
        await using OpenPage page = await chromium.Open(Tour("steps.html"));
        int at = await page.Event();

        await page.Press("ArrowLeft");
        Assert.Equal(at - 1, await page.Event());
        Assert.Equal("The library copies 4 bytes of element 1 from the application's memory into the request.", await page.Words());

        await page.Press("ArrowRight");
        await page.Press("ArrowRight");
        Assert.Equal(at + 1, await page.Event());
        Assert.Equal("polite", await page.Page.GetAttributeAsync("#words", "aria-live"));
        Assert.Contains((at + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), await page.Chosen("events"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Buttons_do_the_same()
    {
        await using OpenPage page = await chromium.Open(Tour("buttons.html"));
        int at = await page.Event();

        await page.Page.ClickAsync("#back");
        Assert.Equal(at - 1, await page.Event());
        await page.Page.ClickAsync("#first");
        int events = traces.Tour.Request(4)!.Events.Count;
        Assert.Contains($"Step 1 of {events} ", await page.Place(), StringComparison.Ordinal);
        Assert.True(await page.Page.IsDisabledAsync("#back"));
        await page.Page.ClickAsync("#last");
        Assert.Contains($"Step {events} of {events} ", await page.Place(), StringComparison.Ordinal);
        await page.Page.ClickAsync("#trouble");
        Assert.Contains("8 bpf_map_lookup_batch", await page.Chosen("requests"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task N_goes_through_the_failing_requests_and_around()
    {
        await using OpenPage page = await chromium.Open(Tour("failing.html"));
        List<string> seen = [];
        do
        {
            seen.Add((await page.Chosen("requests")).Split('\n')[0]);
            await page.Press("n");
        }
        while (seen.Count < 20 && (await page.Chosen("requests")).Split('\n')[0] != seen[0]);

        Assert.Equal(["4", "8", "13", "17", "21", "26", "31", "32"], seen.Select(s => s.Trim('✗', ' ').Split(' ')[0]));
        await page.Press("Shift+N");
        Assert.Contains("32 bpf_map_lookup_batch", await page.Chosen("requests"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_control_is_reached_with_the_tab_key_and_has_a_name()
    {
        await using OpenPage page = await chromium.Open(Tour("tab.html"));
        HashSet<string> reached = [];
        for (int i = 0; i < 60; i++)
        {
            await page.Press("Tab");
            reached.Add(await page.Page.EvaluateAsync<string>("() => document.activeElement.id || document.activeElement.className"));
        }

        Assert.Superset(
            new HashSet<string> { "skip", "theme", "show-help", "search", "requests", "events", "first", "back", "play", "forward", "trouble", "by", "in", "out", "fit", "canvas" },
            reached);
        Assert.Contains(reached, r => r.StartsWith("cell", StringComparison.Ordinal));
        string[] nameless = await page.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('button, select, input, canvas, [role]')].filter(e => e.offsetParent && !e.matches('[role=presentation],[role=status]')"
            + " && !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || e.textContent.trim() || e.closest('label'))).map(e => e.outerHTML.slice(0, 80))");
        Assert.Empty(nameless);
    }

    [Fact]
    public async Task L_goes_to_the_ledger_and_arrows_move_from_cell_to_cell()
    {
        await using OpenPage page = await chromium.Open(Tour("cells.html"));
        int at = await page.Event();
        await page.Press("l");
        string first = await page.Page.InnerTextAsync(".tells");

        await page.Press("ArrowRight");

        Assert.NotEqual(first, await page.Page.InnerTextAsync(".tells"));
        Assert.Contains("offset", first, StringComparison.Ordinal);
        Assert.Equal(at, await page.Event());
    }

    [Fact]
    public async Task In_the_lists_arrows_move_the_choice()
    {
        await using OpenPage page = await chromium.Open(Tour("lists.html"));
        await page.Press("r");
        await page.Press("ArrowDown");
        Assert.Contains("6 bpf_map_create", await page.Chosen("requests"), StringComparison.Ordinal);
        Assert.Equal("requests-4", await page.Page.GetAttributeAsync("#requests", "aria-activedescendant"));

        await page.Press("e");
        await page.Press("End");
        int events = traces.Tour.Request(6)!.Events.Count;
        Assert.Contains($"Step {events} of {events} ", await page.Place(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_names_every_key_and_escape_closes_it()
    {
        await using OpenPage page = await chromium.Open(Tour("help.html"));
        await page.Press("?");
        Assert.True(await page.Page.IsVisibleAsync("#help"));
        Assert.Contains("next failing request", await page.Page.InnerTextAsync("#help"), StringComparison.Ordinal);

        await page.Press("Escape");
        Assert.False(await page.Page.IsVisibleAsync("#help"));
    }

    [Fact]
    public async Task Keys_do_nothing_to_the_page_while_somebody_types()
    {
        await using OpenPage page = await chromium.Open(Tour("typing.html"));
        string place = await page.Place();
        await page.Press("/");
        await page.Page.Keyboard.TypeAsync("t");
        await page.Press("ArrowLeft");
        await page.Press("Escape");

        Assert.Null(await page.Page.GetAttributeAsync("html", "data-theme"));
        Assert.Equal("t", await page.Page.InputValueAsync("#search"));
        Assert.Equal(place.Split("event ")[1].Split(' ')[0], (await page.Event()).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Play_steps_by_itself_and_stops()
    {
        await using OpenPage page = await chromium.Open(Tour("play.html"));
        await page.Press("Home");
        await page.Press(" ");
        await page.Page.WaitForFunctionAsync("() => document.querySelector('#place').textContent.startsWith('Step 2 ')");

        await page.Press(" ");

        Assert.Equal("false", await page.Page.GetAttributeAsync("#play", "aria-pressed"));
    }

    private string Tour(string name) => traces.Page(traces.Tour, name);
}
