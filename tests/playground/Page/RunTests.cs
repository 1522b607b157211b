using System.Text.Json;
using KernelSim.TraceView.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace KernelSim.Playground.Tests.Page;

/// <summary>Scripts run in the page.</summary>
public sealed class RunTests(PageHost host, Chromium chromium)
{
    private const string Batch = """
        # A value of 12 bytes has slots of 16.
        {"op":"num_possible_cpus"}

        {"op":"map_create","as":"m","type":"percpu_hash","name":"stats","key_size":4,"value_size":12,"max_entries":8}
        {"op":"helper_map_update_elem","cpu":1,"fd":"m","key":"01000000","value":"2a0000000000000000000000"}
        {"op":"map_lookup_elem","fd":"m","key":"01000000"}
        {"op":"map_update_batch","fd":"m","keys":"01000000","values":"0b0000000000000000000000","count":1}

        """;

    [Fact]
    public async Task A_script_in_the_address_runs_at_load_and_each_result_is_a_pre_with_its_line()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium, OpenPlayground.Address(Batch, "&cpus=2&heap=packed&seed=7"));
        await page.HasRun();

        Assert.Equal(
            [
                """2 {"ret":2}""",
                """4 {"ret":3}""",
                """5 {"ret":0}""",
                """6 {"ret":0,"value":"000000000000000000000000000000002a000000000000000000000000000000"}""",
                """7 {"ret":-22,"errno":"EINVAL","check":"api.update_batch.values_size","given":12,"expected":32,"count":0}""",
            ],
            await page.Results());
        Assert.Equal(5, await page.Page.Locator("[data-line]").CountAsync());
        await Expect(page.Page.Locator("#cpus")).ToHaveValueAsync("2");
        await Expect(page.Page.Locator("#heap")).ToHaveValueAsync("packed");
    }

    [Fact]
    public async Task The_address_follows_what_is_run()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium);
        await page.HasRun();
        await page.Page.FillAsync("#cpus", "3");
        await page.Run("{\"op\":\"num_possible_cpus\"}\n# ü");

        await page.Page.WaitForURLAsync("**#s=*cpus=3&*run=1");
        await using OpenPlayground again = await OpenPlayground.Open(host, chromium, new Uri(page.Page.Url).Fragment);
        await again.HasRun();

        Assert.Equal(["""1 {"ret":3}"""], await again.Results());
        await Expect(again.Page.Locator("#script")).ToHaveValueAsync("{\"op\":\"num_possible_cpus\"}\n# ü");
    }

    [Fact]
    public async Task The_interface_gives_the_results_that_the_page_shows()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium);
        await page.HasRun();

        JsonElement results = await page.Page.EvaluateAsync<JsonElement>(
            """
            async () => {
              const results = await kernelsim.run('# c\n{"op":"num_possible_cpus"}\n{"op":"close","fd":9}', { cpus: 8 });
              return { plain: JSON.stringify(results), lines: results.map(r => r.line), texts: results.map(r => r.text) };
            }
            """);

        Assert.Equal(
            """[{"ret":8},{"ret":-9,"errno":"EBADF","check":"api.descriptor"}]""",
            results.GetProperty("plain").GetString());
        Assert.Equal("[2,3]", results.GetProperty("lines").GetRawText());
        Assert.Equal(
            await page.Results(),
            results.GetProperty("texts").EnumerateArray().Select((text, i) => $"{i + 2} {text.GetString()}"));
    }

    [Fact]
    public async Task Each_call_of_the_interface_gets_its_own_results_while_the_reader_runs_others()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium);
        await page.HasRun();

        string told = await page.Page.EvaluateAsync<string>(
            """
            async () => {
              const run = (cpus) => kernelsim.run('{"op":"num_possible_cpus"}', { cpus }).then((r) => r[0].ret, (e) => e.message);
              const runs = [run(2), run(3), run(5)];
              await runs[0];
              document.getElementById("controls").requestSubmit();
              return (await Promise.all(runs)).slice(0, 1).concat(await run(7), await run(8)).join();
            }
            """);

        Assert.Equal("2,7,8", told);
    }

    [Fact]
    public async Task An_invalid_line_ends_a_run_with_its_number_and_the_results_before_it()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium);
        await page.HasRun();

        string told = await page.Page.EvaluateAsync<string>(
            """
            () => kernelsim.run('{"op":"num_possible_cpus"}\n{"op":"map_creat"}')
              .then(() => "no error", (e) => `${e.line} ${e.results.length} ${e.message}`)
            """);

        Assert.StartsWith("2 1 ", told, StringComparison.Ordinal);
        Assert.Contains("map_create", told, StringComparison.Ordinal);
        await Expect(page.Page.Locator("#results .ended")).ToContainTextAsync("Line 2");
        await Expect(page.Page.Locator("#errors")).ToContainTextAsync("Line 2");
    }

    [Fact]
    public async Task A_run_is_stopped_at_once_and_the_next_one_has_a_machine()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium);
        await page.HasRun();
        await page.Page.FillAsync("#script", string.Concat(Enumerable.Repeat("{\"op\":\"network_run\",\"events_per_cpu\":1000000}\n", 50)));
        await page.Page.ClickAsync("#run");
        await page.Page.ClickAsync("#stop");

        await page.HasRun(2);
        await Expect(page.Page.Locator("#results .ended")).ToContainTextAsync("stopped");
        await page.Run("""{"op":"num_possible_cpus"}""", 3);

        Assert.Equal(["""1 {"ret":4}"""], await page.Results());
    }

    [Fact]
    public async Task A_run_that_is_stopped_while_the_machine_loads_ends_and_the_next_one_has_a_machine()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium);
        await page.HasRun();

        string told = await page.Page.EvaluateAsync<string>(
            """
            async () => {
              document.getElementById("stop").disabled = false;
              document.getElementById("stop").click();
              const loading = document.documentElement.dataset.machine;
              const run = kernelsim.run('{"op":"num_possible_cpus"}').then(() => "no error", (e) => e.message);
              await new Promise((go) => setTimeout(go, 0));
              document.getElementById("stop").click();
              const next = await kernelsim.run('{"op":"num_possible_cpus"}');
              return `${loading} ${await run} ${next[0].ret}`;
            }
            """);

        Assert.Equal("loading stopped 4", told);
    }

    [Fact]
    public async Task Names_and_values_stay_text()
    {
        const string Name = "<img src=x>";
        string script = $$"""{"op":"map_create","as":"<b>m</b>","type":"hash","name":"{{Name}}","key_size":4,"value_size":4,"max_entries":8}""";
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium, OpenPlayground.Address(script + "\n# <script>alert(1)</script>"));
        await page.HasRun();

        await Expect(page.Page.Locator("#machine .map")).ToContainTextAsync(Name);
        await Expect(page.Page.Locator("#mirror")).ToContainTextAsync(Name);
        await Expect(page.Trace.Locator("#words")).Not.ToBeEmptyAsync();
        Assert.Equal(0, await page.Page.Locator("img, #machine script, #results script, #mirror b").CountAsync());
        Assert.Equal(0, await page.Trace.Locator("img").CountAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Nothing_is_asked_of_another_origin_and_the_policy_refuses_nothing()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium, OpenPlayground.Address(Batch));
        await page.HasRun();
        await Expect(page.Trace.Locator("#words")).Not.ToBeEmptyAsync();

        Assert.All(page.Requests, r => Assert.StartsWith(host.Address, r, StringComparison.Ordinal));
        Assert.Contains(page.Requests, r => r.EndsWith(".wasm", StringComparison.Ordinal));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task An_address_with_a_damaged_script_says_so()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium, "#s=%ff&cpus=99");

        await Expect(page.Page.Locator("#about")).ToContainTextAsync("expected base64url");
        await Expect(page.Page.Locator("#about")).ToContainTextAsync("cpus 99 given, expected 1 to 64");
        await Expect(page.Page.Locator("#cpus")).ToHaveValueAsync("4");
        await Expect(page.Page.Locator("html")).ToHaveAttributeAsync("data-machine", "ready");
        Assert.EndsWith("#s=%ff&cpus=99", page.Page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("&cpus=100", "cpus 100 given, expected 1 to 64.")]
    [InlineData("&seed=9007199254740993", "seed 9007199254740993 given, expected 0 to 9007199254740991.")]
    public async Task A_link_with_a_wrong_option_says_so_and_runs_nothing(string option, string told)
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium, OpenPlayground.Address(Batch, option));

        await Expect(page.Page.Locator("#about")).ToHaveTextAsync(told);
        await Expect(page.Page.Locator("html")).ToHaveAttributeAsync("data-machine", "ready");
        Assert.Null(await page.Page.Locator("html").GetAttributeAsync("data-run"));
        Assert.EndsWith($"{option}&run=1", page.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_address_is_followed_like_the_first_one()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium);
        await page.HasRun();

        await page.Page.EvaluateAsync("""() => { location.hash = "#example=tour/checked&cpus=2&heap=packed&run=1"; }""");
        await page.HasRun(2);
        await Expect(page.Page.Locator("#examples")).ToHaveValueAsync("tour/checked");
        await Expect(page.Page.Locator("#cpus")).ToHaveValueAsync("2");
        await Expect(page.Page.Locator("#heap")).ToHaveValueAsync("packed");

        await page.Page.EvaluateAsync("""() => { location.hash = "#cpus=3&run=1"; }""");
        await page.HasRun(3);
        await Expect(page.Page.Locator("#cpus")).ToHaveValueAsync("3");

        await page.Page.EvaluateAsync("""() => { location.hash = "#s=%ff&run=1"; }""");
        await Expect(page.Page.Locator("#about")).ToContainTextAsync("expected base64url");
        await Expect(page.Page.Locator("html")).ToHaveAttributeAsync("data-runs", "3");
    }

    [Theory]
    [InlineData("", "2", true)]
    [InlineData("&cpus=3&predict=0", "3", false)]
    [InlineData("&seed=5&predict=1", "2", true)]
    public async Task A_link_to_an_example_keeps_its_own_options(string options, string cpus, bool predicts)
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium, $"#example=predict/return-value-1{options}");

        await Expect(page.Page.Locator("#examples")).ToHaveValueAsync("predict/return-value-1");
        await Expect(page.Page.Locator("#cpus")).ToHaveValueAsync(cpus);
        await Expect(page.Page.Locator("#predict")).ToBeCheckedAsync(new() { Checked = predicts });
    }

    [Fact]
    public async Task The_interface_refuses_a_wrong_option()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium);
        await page.HasRun();

        string told = await page.Page.EvaluateAsync<string>(
            """
            () => kernelsim.run('{"op":"num_possible_cpus"}', { cpus: 100 }).then(() => "no error", (e) => `${e.results.length} ${e.message}`)
            """);

        Assert.Equal("0 cpus 100 given, expected 1 to 64.", told);
        await Expect(page.Page.Locator("html")).ToHaveAttributeAsync("data-runs", "1");
    }

    [Fact]
    public async Task The_page_has_no_wider_part_than_its_window_on_a_phone_a_laptop_and_a_large_screen()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium, OpenPlayground.Address(Batch, "&cpus=64"));
        await page.HasRun();

        foreach (int width in (int[])[390, 1280, 1920])
        {
            await page.Page.SetViewportSizeAsync(width, 844);
            Assert.Equal(width, await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        }
    }
}
