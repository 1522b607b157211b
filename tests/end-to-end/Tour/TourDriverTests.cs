using KernelSim.EndToEnd.Tests.Drivers;

namespace KernelSim.EndToEnd.Tests.Tour;

/// <summary><c>tour --driver</c>.</summary>
public sealed class TourDriverTests
{
    [Fact]
    public async Task The_story_is_the_same_with_a_driver()
    {
        TourRun without = await TourRun.Of("-j");
        TourRun with = await TourRun.Of($"-j --driver {SampleFile.Echo}");

        Assert.Equal((0, ""), (with.ExitCode, with.Error));
        Assert.Equal(
            without.Json().GetProperty("chapters").EnumerateArray().Select(c => c.GetProperty("id").GetString()),
            with.Json().GetProperty("chapters").EnumerateArray().Select(c => c.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task The_trace_has_the_driver()
    {
        using TempFolder folder = new();
        string trace = Path.Combine(folder.Path, "tour.nettrace");

        TourRun run = await TourRun.Start($"--driver {SampleFile.Echo} --trace {trace}");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains(
            ToolRun.Of("trace", "events", trace, "--event", "DeviceCreate", "-j").Lines,
            l => l.Contains(@"\\Device\\Echo", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_driver_leaves_is_told_after_the_story()
    {
        using TempFolder folder = new();
        string file = DriverCompiler.Compile(
            folder, "Leaky", DriverCompiler.Driver("Leaky", entry: "driver.Machine.Pool.Allocate(8, new PoolTag(\"Drip\"));"));

        TourRun run = await TourRun.Start($"--driver {file}");

        Assert.Equal(1, run.ExitCode);
        Assert.True(run.Out.Length > 1000);
        Assert.Contains("pool 'Drip': 1 blocks, 8 bytes, left by Leaky.dll", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_driver_that_does_not_load_ends_the_tour_before_its_story()
    {
        TourRun run = await TourRun.Start("--driver /nowhere/mine.dll");

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.StartsWith("kernelsim: '/nowhere/mine.dll' given, expected the assembly (.dll) of a driver", run.Error, StringComparison.Ordinal);
    }
}
