using KernelSim.TraceView.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KernelSim.Playground.Tests.Page;

/// <summary>The reader steps through a run.</summary>
public sealed class StepTests(PageHost host, Chromium chromium)
{
    private const string Three = """
        {"op":"map_create","as":"m","type":"percpu_hash","name":"stats","key_size":4,"value_size":12,"max_entries":8}
        {"op":"helper_map_update_elem","cpu":1,"fd":"m","key":"01000000","value":"2a0000000000000000000000"}
        {"op":"map_delete_elem","fd":"m","key":"01000000"}
        """;

    [Fact]
    public async Task The_machine_is_shown_as_it_was_after_each_call_with_a_column_for_each_cpu_and_its_padding()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium, OpenPlayground.Address(Three));
        await page.HasRun();
        await page.IsAtStep(3, 3);
        ILocator rows = page.Page.Locator("#machine .map tbody tr");
        await Expect(rows).ToHaveClassAsync("gone");

        await page.Page.Keyboard.PressAsync("Alt+ArrowLeft");
        await page.IsAtStep(2, 3);

        await Expect(rows.Locator("td")).ToHaveCountAsync(4);
        await Expect(rows.Locator("td").Nth(1)).ToContainTextAsync("2a0000000000000000000000");
        await Expect(rows.Locator("td .padding")).ToHaveTextAsync(["00000000", "00000000", "00000000", "00000000"]);
        await Expect(rows).ToHaveClassAsync("changed");
        await page.Page.ClickAsync("#first");
        await page.IsAtStep(0, 3);
        await Expect(page.Page.Locator("#now-note")).ToHaveTextAsync("before the first call");
        await Expect(page.Page.Locator("#machine .pool")).ToHaveCountAsync(1);
        await Expect(page.Page.Locator("#machine .pool .changed")).ToHaveCountAsync(0);
        await page.Page.ClickAsync("#forward");
        await Expect(page.Page.Locator("#machine details.map")).ToHaveClassAsync("map changed");
    }

    [Fact]
    public async Task Choosing_a_result_selects_its_request_in_the_trace()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium, OpenPlayground.Address(Three));
        await page.HasRun();

        await page.Page.Locator("#results .call").Nth(0).ClickAsync();
        await Expect(page.Trace.Locator("#verdict h2")).ToContainTextAsync("bpf_map_create");
        await page.Page.Locator("#results .call").Nth(2).ClickAsync();
        await Expect(page.Trace.Locator("#verdict h2")).ToContainTextAsync("bpf_map_delete_elem");
    }

    [Fact]
    public async Task Predict_first_keeps_every_outcome_back_until_it_is_revealed()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium, OpenPlayground.Address(Three, "&predict=1"));
        await page.HasRun();
        Assert.Empty(await page.Results());
        await Expect(page.Page.Locator("#trace")).ToBeHiddenAsync();
        await Expect(page.Page.Locator("#machine .map")).ToHaveCountAsync(0);

        await page.Page.FillAsync("#prediction", "3");
        await page.Page.Keyboard.PressAsync("Enter");

        await Expect(page.Page.Locator("#question")).ToContainTextAsync("You predicted 3: right.");
        Assert.Equal(["""1 {"ret":3}"""], await page.Results());
        await Expect(page.Trace.Locator("#requests-count")).ToHaveTextAsync("1");
        await page.Page.ClickAsync("#forward");
        await page.Page.FillAsync("#prediction", "ENOENT");
        await page.Page.Keyboard.PressAsync("Alt+r");

        await Expect(page.Page.Locator("#question .wrong")).ToContainTextAsync("You predicted ENOENT");
        Assert.Equal(2, (await page.Results()).Length);
    }

    [Fact]
    public async Task Predict_first_keeps_the_trace_and_the_picture_back_as_well()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium, OpenPlayground.Address(Three, "&predict=1"));
        await page.HasRun();

        await Refuses("picture", "Reveal the outcome first: the picture has it.");
        await page.Page.ClickAsync("#first");
        await Refuses("picture", "Reveal the outcome first: the picture has it.");
        await Refuses("trace", "Reveal all outcomes first: the trace has them.");
        await Refuses("results", "Reveal all outcomes first: the results have them.");
        await page.Page.ClickAsync("#forward");
        await page.Page.ClickAsync("#reveal");

        await page.Page.ClickAsync("#export summary");
        IDownload picture = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.ClickAsync("#export-picture"));
        Assert.Equal("kernelsim.svg", picture.SuggestedFilename);

        async Task Refuses(string what, string told)
        {
            await page.Page.EvaluateAsync("() => { document.getElementById('about').textContent = ''; }");
            await page.Page.ClickAsync("#export summary");
            await page.Page.ClickAsync($"#export-{what}");
            await Expect(page.Page.Locator("#about")).ToHaveTextAsync(told);
        }
    }

    [Fact]
    public async Task A_step_is_told_to_a_screen_reader_with_what_it_changed()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium, OpenPlayground.Address(Three));
        await page.HasRun();

        await page.Page.FocusAsync("#results");
        await page.Page.Keyboard.PressAsync("ArrowUp");

        await Expect(page.Page.Locator("#live")).ToContainTextAsync("Line 2: helper_map_update_elem returns 0. map stats: key 01000000 is new");
    }

    [Fact]
    public async Task An_errno_is_explained_where_it_appears_also_by_the_keyboard_and_in_the_trace()
    {
        await using OpenPlayground page = await OpenPlayground.Open(
            host, chromium, OpenPlayground.Address("""{"op":"map_lookup_elem","fd":9,"key":"01000000"}"""));
        await page.HasRun();

        await page.Page.Locator("#results .term", new() { HasText = "EBADF" }).FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.Locator("#explain h2")).ToContainTextAsync("EBADF");
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(page.Page.Locator("#explain")).ToBeHiddenAsync();
        await page.Trace.Locator("#verdict .term").First.ClickAsync();
        await Expect(page.Page.Locator("#explain")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Ten_thousand_events_have_rows_only_for_those_in_view()
    {
        string keys = string.Concat(Enumerable.Range(0, 500).Select(i => $"{i & 255:x2}{i >> 8:x2}0000"));
        string values = new('0', 500 * 64);
        string batch = $$"""{"op":"map_update_batch","fd":"m","keys":"{{keys}}","values":"{{values}}","count":500}""";
        string script = """{"op":"map_create","as":"m","type":"percpu_hash","name":"m","key_size":4,"value_size":4,"max_entries":1000}""" + "\n"
            + string.Concat(Enumerable.Repeat(batch + "\n", 10));
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium);
        await page.HasRun();
        await Expect(page.Page.Locator("#trace")).ToHaveAttributeAsync("data-drawn", "1");
        await page.Run(script);
        await Expect(page.Page.Locator("#trace")).ToHaveAttributeAsync("data-drawn", "2");
        await page.Trace.Locator("#requests").FocusAsync();
        await page.Page.Keyboard.PressAsync("Home");

        await Expect(page.Trace.Locator("#events-count")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^\d{4,}$"));
        Assert.InRange(await page.Trace.Locator("#events .row").CountAsync(), 1, 100);
        Assert.InRange(await page.Page.Locator("#machine .map tbody tr").CountAsync(), 1, 64);
    }

    [Fact]
    public async Task Script_results_trace_and_picture_can_be_kept()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium, OpenPlayground.Address(Three));
        await page.HasRun();

        Assert.Equal(Three, await Export("script"));
        Assert.Equal("{\"ret\":3}\n{\"ret\":0}\n{\"ret\":0}\n", await Export("results"));
        Assert.All(
            (await Export("trace")).Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.StartsWith("{\"time_us\":", line, StringComparison.Ordinal));
        string picture = await Export("picture");
        Assert.Equal("svg", System.Xml.Linq.XDocument.Parse(picture).Root?.Name.LocalName);
        Assert.Contains("map_delete_elem", picture, StringComparison.Ordinal);

        async Task<string> Export(string what)
        {
            await page.Page.ClickAsync("#export summary");
            IDownload download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.ClickAsync($"#export-{what}"));
            using StreamReader reader = new(await download.CreateReadStreamAsync());
            return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_printed_page_has_the_whole_script_and_every_result()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium, OpenPlayground.Address(Three));
        await page.HasRun();

        await page.Page.EmulateMediaAsync(new() { Media = Media.Print });

        await Expect(page.Page.Locator("#mirror .line").Nth(2)).ToBeVisibleAsync();
        await Expect(page.Page.Locator("#results pre")).ToHaveCountAsync(3);
        await Expect(page.Page.Locator("#run")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Dark_is_the_readers_choice_and_the_traces_as_well()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium, OpenPlayground.Address(Three));
        await page.HasRun();
        await Expect(page.Trace.Locator("#words")).Not.ToBeEmptyAsync();

        await page.Page.ClickAsync("#theme");

        await Expect(page.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(page.Trace.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    }
}
