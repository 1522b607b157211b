using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceView.Tests.Support;
using KernelSim.Tracing;
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
}
