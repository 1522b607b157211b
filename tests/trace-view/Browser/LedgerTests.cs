using KernelSim.Protocol.Checks;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceView.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace KernelSim.TraceView.Tests.Browser;

/// <summary>The numbers of ledger, checks and witnesses for traces whose numbers are known.</summary>
public sealed class LedgerTests(Traces traces, Chromium chromium)
{
    [Fact]
    public async Task Four_bytes_on_four_cpus_show_value_and_padding_for_each_and_the_overrun_as_out_of_bounds()
    {
        RequestView overrun = Batches().First();
        CopyEvent first = overrun.Copies.First(c => c is { Stage: "Marshal", Element: 0, Bytes: 32 });
        await using OpenPage page = await chromium.Open(traces.FourBytesPage, $"#request={overrun.Id}&event={first.Position}");

        // 12 bytes were allocated: CPU 0's slot, and the value of CPU 1's.
        Assert.Equal(
            ["value 4", "padding 4", "next 4", "padding beyond 4", "next beyond 4", "padding beyond 4", "next beyond 4", "padding beyond 4"],
            await page.Cells("library reads"));
        Assert.Equal(["allocated 12", "free"], (await page.Cells("allocated")).Select((c, i) => i == 0 ? c : c.Split(' ')[0]));
        Assert.Equal(["meant 4", "meant 4", "meant 4"], await page.Cells("app meant"));
        Assert.Contains(
            "The application's values buffer 12 bytes",
            (await page.Page.InnerTextAsync("#ledger")).Replace("From the application's", "The application's", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_out_of_bounds_has_a_pattern_and_says_so()
    {
        RequestView overrun = Batches().First();
        CopyEvent first = overrun.Copies.First(c => c is { Stage: "Marshal", Element: 0, Bytes: 32 });
        await using OpenPage page = await chromium.Open(traces.FourBytesPage, $"#request={overrun.Id}&event={first.Position}");

        Assert.Contains(
            "repeating-linear-gradient",
            await page.Page.EvalOnSelectorAsync<string>("#ledger .strips .beyond", "c => getComputedStyle(c).backgroundImage"),
            StringComparison.Ordinal);
        Assert.Contains(
            "value of element 0, CPU 2: 4 bytes, offset 16 to 19 of the values buffer",
            string.Join(
                '\n',
                await page.Page.EvalOnSelectorAllAsync<string[]>("#ledger .strips .beyond", "all => all.map(c => c.getAttribute('aria-label'))")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_right_batch_has_nothing_out_of_bounds_at_any_event()
    {
        RequestView right = Batches().Last();
        await using OpenPage page = await chromium.Open(traces.FourBytesPage, $"#request={right.Id}");

        foreach (CopyEvent copy in right.Copies)
        {
            await page.Page.EvaluateAsync("hash => { location.hash = hash; }", $"#request={right.Id}&event={copy.Position}");
            await page.IsAt(copy.Position);
            await Expect(page.Page.Locator("#ledger .strips .beyond")).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task Cells_stand_to_scale()
    {
        RequestView right = Batches().Last();
        CopyEvent first = right.Copies.First(c => c is { Stage: "Marshal", Element: 0, Bytes: 32 });
        await using OpenPage page = await chromium.Open(traces.FourBytesPage, $"#request={right.Id}&event={first.Position}");

        double[] perByte = await page.Page.EvalOnSelectorAllAsync<double[]>(
            "#ledger .cells[aria-label^='library reads'] .cell, #ledger .cells[aria-label^='lies there now'] .cell",
            "cells => cells.map(c => c.getBoundingClientRect().width / c.dataset.bytes)");
        Assert.All(perByte, width => Assert.Equal(perByte[0], width, 0.2));
    }

    [Fact]
    public async Task What_the_library_puts_into_the_message_lies_in_the_system_buffer_after_the_crossing()
    {
        RequestView right = Batches().Last();
        CopyEvent crossing = right.Copies.Last(c => c.Stage == "BufferIn");
        await using OpenPage page = await chromium.Open(traces.FourBytesPage, $"#request={right.Id}&event={crossing.Position}");

        string[] before = await page.Cells("lies there");
        Assert.Equal("header 20", before[0]);
        Assert.Equal(["key 4", "value 4", "padding 4", "next 4", "padding 4"], before[1..6]);
        Assert.Equal(before, await page.Cells("lies there now"));
    }

    [Fact]
    public async Task A_refusing_check_shows_given_expected_formula_and_fix_from_the_table()
    {
        RequestView refused = traces.Tour.Requests.First(r => r.Refusal is not null);
        Check row = CheckTable.Find(refused.Refusal!.Check)!;
        await using OpenPage page = await chromium.Open(traces.Page(traces.Tour, "checks.html"), $"#request={refused.Id}");

        string card = await page.Page.InnerTextAsync(".card.check");
        Assert.Contains($"{row.Code} {row.Id}", card, StringComparison.Ordinal);
        Assert.Contains(row.Formula, card, StringComparison.Ordinal);
        Assert.Contains(row.Fix, card, StringComparison.Ordinal);
        Assert.Equal(
            ["values", "96", "at least 512"],
            (await page.Page.EvalOnSelectorAllAsync<string[]>(".card.check dd", "all => all.slice(0, 3).map(d => d.innerText.trim())")));
        Assert.Equal(
            [
                $"check {row.Code} {row.Id} bpf_map_update_batch", "result EBPF_INVALID_ARGUMENT",
                "NTSTATUS — never crossed into the kernel", "Win32 — never crossed into the kernel", "errno EINVAL",
            ],
            await page.Page.EvalOnSelectorAllAsync<string[]>(".chain li", "all => all.map(l => [...l.children].map(c => c.innerText).join(' '))"));
    }

    [Fact]
    public async Task A_number_past_what_a_script_can_count_is_shown_to_its_last_digit()
    {
        RequestView refused = Assert.Single(traces.Flagged.Requests, r => r.Refusal is not null);
        await using OpenPage page = await chromium.Open(traces.Page(traces.Flagged, "flags.html"), $"#request={refused.Id}");

        Assert.Equal(
            ["flags", "9223372036854775809", "0"],
            await page.Page.EvalOnSelectorAllAsync<string[]>(".card.check dd", "all => all.slice(0, 3).map(d => d.innerText.trim())"));
    }

    [Fact]
    public async Task A_refused_call_shows_what_it_would_have_touched()
    {
        RequestView refused = traces.Tour.Requests.First(r => r.Refusal is not null);
        await using OpenPage page = await chromium.Open(traces.Page(traces.Tour, "plan.html"), $"#request={refused.Id}");
        await page.Page.ClickAsync("#ledger button:text-is('All')");

        await Expect(page.Page.Locator(".ledger-head")).ToContainTextAsync("Nothing has moved");
        await page.Page.WaitForFunctionAsync(
            "bytes => [...document.querySelectorAll(`#ledger .cells[aria-label^='would touch,'] .beyond`)]"
            + ".reduce((sum, c) => sum + Number(c.dataset.bytes), 0) === bytes",
            512 - 96);
    }

    [Fact]
    public async Task Three_witnesses_stand_side_by_side_and_the_first_to_disagree_are_marked()
    {
        await using OpenPage page = await chromium.Open(traces.Page(traces.Tour, "witnesses.html"));

        Assert.Equal(
            ["✗ application 12 1 12", "✗ library 16 4 64", "kernel 16 4 64"],
            await page.Page.EvalOnSelectorAllAsync<string[]>(
                ".witnesses tbody tr", "rows => rows.map(r => [...r.cells].slice(0, 4).map(c => c.innerText.trim()).join(' '))"));
    }

    [Fact]
    public async Task A_library_that_cuts_in_other_steps_than_the_kernel_packed_shows_both()
    {
        RequestView miscut = traces.Tour.Requests.First(r => r.Stop?.Result == 0 && r.Witnesses.FirstDisagreement?.Left.Party == Party.Library);
        await using OpenPage page = await chromium.Open(traces.Page(traces.Tour, "miscut.html"), $"#request={miscut.Id}");

        Assert.Contains("next 12", await page.Cells("lies there"));
        Assert.Equal(["key 4", "value 12", "key 4", "value 12"], (await page.Cells("taken"))[..4]);
    }

    private IEnumerable<RequestView> Batches() => traces.FourBytes.Requests.Where(r => r.Start?.Function == "bpf_map_update_batch");
}
