using KernelSim.TraceView.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace KernelSim.Playground.Tests.Page;

/// <summary>The editor completes, and tells what is wrong.</summary>
public sealed class EditorTests(PageHost host, Chromium chromium)
{
    [Fact]
    public async Task An_empty_line_offers_whole_calls_and_a_value_the_words_of_its_field()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium);
        await page.HasRun();
        await page.Page.FillAsync("#script", "");
        await page.Page.Keyboard.PressAsync("Control+Space");
        await Expect(page.Page.Locator("#offers")).ToContainTextAsync("map_create");
        await page.Page.Locator("#offers li", new() { HasText = "map_create" }).First.ClickAsync();
        await page.Page.Keyboard.TypeAsync("percpu_h");
        await Expect(page.Page.Locator("#offers [aria-selected=true]")).ToContainTextAsync("percpu_hash");

        await page.Page.Keyboard.PressAsync("Enter");

        string script = await page.Page.InputValueAsync("#script");
        Assert.StartsWith("{\"op\":\"map_create\",", script, StringComparison.Ordinal);
        Assert.Contains("\"percpu_hash\"", script, StringComparison.Ordinal);
        await Expect(page.Page.Locator("#offers")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Descriptors_are_offered_by_their_names_and_flags_by_what_they_mean()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium);
        await page.HasRun();
        await page.Page.FillAsync(
            "#script",
            """
            {"op":"map_create","as":"packets","type":"hash","name":"m","key_size":4,"value_size":4,"max_entries":8}
            {"op":"map_update_elem","key":"01000000","value":"01000000","flags":
            """);
        await page.Page.Keyboard.PressAsync("Control+Space");
        await Expect(page.Page.Locator("#offers")).ToContainTextAsync("BPF_NOEXIST");
        await page.Page.Keyboard.TypeAsync("""1,"fd":"p""");

        await Expect(page.Page.Locator("#offers li")).ToContainTextAsync(["packets"]);
    }

    [Fact]
    public async Task An_invalid_line_is_told_before_anything_runs_and_under_the_carets_line()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium);
        await page.HasRun();

        await page.Page.FillAsync("#script", "{\"op\":\"num_possible_cpus\"}\n{\"op\":\"num_possible_cpus\",\"colour\":1}");

        await Expect(page.Page.Locator("#errors li")).ToContainTextAsync(["Line 2"]);
        await Expect(page.Page.Locator("#hint")).ToContainTextAsync("colour");
        await Expect(page.Page.Locator("#mirror .line").Nth(1)).ToHaveClassAsync("line bad");
        await page.Page.FillAsync("#script", "{\"op\":\"num_possible_cpus\"}\n");
        await Expect(page.Page.Locator("#errors li")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Every_example_of_the_menu_is_in_a_group_and_one_runs_when_it_is_chosen()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium);
        await page.HasRun();
        await Expect(page.Page.Locator("#examples")).ToBeEnabledAsync();

        Assert.True(await page.Page.Locator("#examples optgroup").CountAsync() >= 4);
        await page.Page.SelectOptionAsync("#examples", new Microsoft.Playwright.SelectOptionValue { Index = 1 });
        await page.HasRun(2);

        Assert.NotEmpty(await page.Results());
    }
}
