using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceView.Tests.Support;
using KernelSim.Tracing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KernelSim.TraceView.Tests.Browser;

/// <summary>What programs do is on a lane of its own, between driver and map store.</summary>
public sealed class ProgramLaneTests(Traces traces, Chromium chromium)
{
    [Fact]
    public async Task A_helper_call_and_what_it_copied_are_on_the_lane_of_the_program()
    {
        int call = traces.Tour.Events.OfType<HelperCallEvent>().First(c => traces.Tour.Events[c.Position + 1] is CopyEvent).Position;
        await using OpenPage page = await chromium.Open(traces.Page(traces.Tour, "helper.html"), $"#request=0&event={call}");

        await Expect(page.Place).ToContainTextAsync("· Program ·");
        await page.Press("ArrowRight");
        await page.IsAt(call + 1);
        await Expect(page.Place).ToContainTextAsync("· Program ·");
    }

    [Fact]
    public async Task A_copy_of_a_request_stays_on_the_lane_of_the_map_store()
    {
        CopyEvent copy = traces.Tour.Events.OfType<CopyEvent>().First(c => c.Stage == CopyStage.MapStore && c.RequestId != 0);
        await using OpenPage page = await chromium.Open(
            traces.Page(traces.Tour, "store.html"), $"#request={copy.RequestId}&event={copy.Position}");

        await page.IsAt(copy.Position);
        await Expect(page.Place).ToContainTextAsync("· Map store ·");
    }

    [Fact]
    public async Task A_run_is_shown_line_by_line_with_each_instruction_under_its_line()
    {
        int call = traces.Counting.Events.OfType<HelperCallEvent>().First().Position;
        await using OpenPage page = await chromium.Open(traces.Page(traces.Counting, "counting.html"), $"#request=0&event={call}");

        ILocator run = page.Page.GetByLabel("Run of the program");
        ILocator line = run.Locator(".source > li").Filter(new() { HasText = "counter.c:40" });
        await Expect(line).ToContainTextAsync("struct counters *counters = bpf_map_lookup_elem(&stats, &port);");
        await Expect(line).ToContainTextAsync("call bpf_map_lookup_elem#1 · r0 = 0x0");
        await Expect(run.Locator("[aria-current=step]")).ToContainTextAsync("map_lookup_elem · map 2");
        await Expect(page.Words).ToContainTextAsync("counter.c:40");

        await line.Locator("li").First.ClickAsync();
        await Expect(page.Words).ToContainTextAsync("executes instruction 30, r1 = map[stats] ll: r1 = 0x");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_page_opens_at_the_program_that_stopped_the_machine_and_names_the_line()
    {
        int fault = traces.Stopped.Events.OfType<ProgramFaultEvent>().Single().Position;
        await using OpenPage page = await chromium.Open(traces.Page(traces.Stopped, "stopped.html"));

        await page.IsAt(fault);
        await Expect(page.Page.Locator("#verdict")).ToContainTextAsync("a program stopped the machine");
        await Expect(page.Page.Locator("#verdict")).ToContainTextAsync(
            "missing_bounds_check.c:10 \"return packet[200] == 0xff ? XDP_DROP : XDP_PASS;\"");
        await Expect(page.Page.GetByLabel("Run of the program")).ToContainTextAsync("compiled: shows no instructions");
        Assert.Empty(page.Complaints);
    }
}
