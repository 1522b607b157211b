using System.Text.RegularExpressions;
using KernelSim.TraceView.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KernelSim.TraceView.Tests.Browser;

/// <summary>Everything can be done without a pointer, and everything that changes is announced.</summary>
public sealed partial class KeyboardTests(Traces traces, Chromium chromium)
{
    private static readonly string[] s_controls =
    [
        "skip", "theme", "show-help", "search", "requests", "events", "first", "back", "play", "forward", "trouble",
        "by", "in", "out", "fit", "canvas", "cell",
    ];

    [Fact]
    public async Task Arrows_step_forward_and_back_and_each_step_is_announced()
    {
        await using OpenPage page = await chromium.Open(Tour("steps.html"));
        int at = await page.FirstEvent();

        await page.Press("ArrowLeft");
        await page.IsAt(at - 1);
        await Expect(page.Words).ToHaveTextAsync("The library copies 4 bytes of element 1 from the application's memory into the request.");

        await page.Press("ArrowRight");
        await page.Press("ArrowRight");
        await page.IsAt(at + 1);
        await Expect(page.Words).ToHaveAttributeAsync("aria-live", "polite");
        await Expect(page.Chosen("events")).ToContainTextAsync($"{at + 1}");
    }

    [Fact]
    public async Task Buttons_do_the_same()
    {
        await using OpenPage page = await chromium.Open(Tour("buttons.html"));
        int at = await page.FirstEvent();

        await page.Page.ClickAsync("#back");
        await page.IsAt(at - 1);
        await page.Page.ClickAsync("#first");
        int events = traces.Tour.Request(4)!.Events.Count;
        await page.IsAtStep(1, events);
        await Expect(page.Page.Locator("#back")).ToBeDisabledAsync();
        await page.Page.ClickAsync("#last");
        await page.IsAtStep(events, events);
        await page.Page.ClickAsync("#trouble");
        await Expect(page.Chosen("requests")).ToContainTextAsync("8 bpf_map_lookup_batch");
    }

    [Fact]
    public async Task N_goes_through_the_failing_requests_and_around()
    {
        await using OpenPage page = await chromium.Open(Tour("failing.html"));
        foreach (int request in (int[])[4, 8, 13, 17, 21, 26, 31, 32])
        {
            await page.HasChosen(request);
            await page.Press("n");
        }

        await page.HasChosen(4);
        await page.Press("Shift+N");
        await Expect(page.Chosen("requests")).ToContainTextAsync("32 bpf_map_lookup_batch");
    }

    [Fact]
    public async Task Every_control_is_reached_with_the_tab_key_and_has_a_name()
    {
        await using OpenPage page = await chromium.Open(Tour("tab.html"));
        await page.Page.EvaluateAsync(
            "() => { window.reached = []; "
            + "document.addEventListener('focusin', e => reached.push(e.target.id || e.target.className.split(' ')[0])); }");
        for (int i = 0; i < 60; i++)
        {
            await page.Press("Tab");
        }

        foreach (string control in s_controls)
        {
            await page.Page.WaitForFunctionAsync("control => reached.includes(control)", control);
        }

        string[] nameless = await page.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('button, select, input, canvas, [role]')]"
            + ".filter(e => e.offsetParent && !e.matches('[role=presentation],[role=status]')"
            + " && !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || e.textContent.trim() || e.closest('label')))"
            + ".map(e => e.outerHTML.slice(0, 80))");
        Assert.Empty(nameless);
    }

    [Fact]
    public async Task L_goes_to_the_ledger_and_arrows_move_from_cell_to_cell()
    {
        await using OpenPage page = await chromium.Open(Tour("cells.html"));
        int at = await page.FirstEvent();
        ILocator tells = page.Page.Locator(".tells");
        await page.Press("l");
        await Expect(tells).ToHaveTextAsync(OffsetOfACell());
        string first = await tells.InnerTextAsync();

        await page.Press("ArrowRight");

        await Expect(tells).Not.ToHaveTextAsync(first);
        await Expect(tells).ToHaveTextAsync(OffsetOfACell());
        await page.IsAt(at);
    }

    [Fact]
    public async Task In_the_lists_arrows_move_the_choice()
    {
        await using OpenPage page = await chromium.Open(Tour("lists.html"));
        await page.Press("r");
        await page.Press("ArrowDown");
        await Expect(page.Chosen("requests")).ToContainTextAsync("6 bpf_map_create");
        await Expect(page.Page.Locator("#requests")).ToHaveAttributeAsync("aria-activedescendant", "requests-4");

        await page.Press("e");
        await page.Press("End");
        int events = traces.Tour.Request(6)!.Events.Count;
        await page.IsAtStep(events, events);
    }

    [Fact]
    public async Task The_help_names_every_key_and_escape_closes_it()
    {
        await using OpenPage page = await chromium.Open(Tour("help.html"));
        await page.Press("?");
        ILocator help = page.Page.Locator("#help");
        await Expect(help).ToBeVisibleAsync();
        await Expect(help).ToContainTextAsync("next failing request");

        await page.Press("Escape");
        await Expect(help).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Keys_do_nothing_to_the_page_while_somebody_types()
    {
        await using OpenPage page = await chromium.Open(Tour("typing.html"));
        int at = await page.FirstEvent();
        ILocator search = page.Page.Locator("#search");
        await page.Press("/");
        await Expect(search).ToBeFocusedAsync();
        await page.Page.Keyboard.TypeAsync("t");
        await page.Press("ArrowLeft");
        await page.Press("Escape");

        // The last key has come, and the search for what was typed: nothing is under way any more.
        await Expect(search).Not.ToBeFocusedAsync();
        await Expect(search).ToHaveValueAsync("t");
        await page.HasSearched("t");
        await page.IsAt(at);
        Assert.Null(await page.Page.GetAttributeAsync("html", "data-theme"));
    }

    [Fact]
    public async Task Play_steps_by_itself_and_stops()
    {
        // The whole trace: more steps than can be played while a busy host looks away.
        await using OpenPage page = await chromium.Open(Tour("play.html"), "#request=0");
        ILocator play = page.Page.Locator("#play");
        await page.Press("Home");
        await page.IsAtStep(1, traces.Tour.Events.Count);
        await page.Press(" ");
        await Expect(play).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Place).Not.ToContainTextAsync("Step 1 of ");

        await page.Press(" ");

        await Expect(play).ToHaveAttributeAsync("aria-pressed", "false");
    }

    private string Tour(string name) => traces.Page(traces.Tour, name);

    [GeneratedRegex(@"\boffset \d")]
    private static partial Regex OffsetOfACell();
}
