using System.Xml.Linq;
using KernelSim.LabScripts.Machines;
using KernelSim.Tool.Bench.Charts;
using KernelSim.Tool.Bench.Measuring;
using KernelSim.Tool.Bench.Rows;

namespace KernelSim.EndToEnd.Tests.Bench;

/// <summary><c>kernelsim bench --plots</c>: a chart is drawn from the data beside it.</summary>
public sealed class ChartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kernelsim-charts").FullName;

    public static TheoryData<string> Names => [.. ChartTable.All.Select(c => c.Name)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Charts_of_the_documentation_are_drawn_from_the_data_beside_them(string name)
    {
        IReadOnlyList<ChartPoint> points = ChartCsv.Read(Repository.ReadText("docs", "plots", $"{name}.csv").TrimEnd('\n').Split('\n'));

        using StringWriter drawn = new() { NewLine = "\n" };
        new ChartSvg(ChartTable.All.Single(c => c.Name == name), points).Write(drawn);

        Assert.True(
            Repository.ReadText("docs", "plots", $"{name}.svg") == drawn.ToString(),
            "The picture is another: draw it with 'kernelsim bench --plots docs/plots --redraw'.");
    }

    [Fact]
    public void A_chart_names_its_axes_with_units_and_each_line()
    {
        ChartFolder folder = new(_folder);
        Chart chart = new TwoSizes();

        Assert.Null(folder.Create());
        Assert.Null(folder.Measure(
            chart,
            new BenchmarkRunner("no host", TimeSpan.Zero),
            new MachineSettings(),
            TimeSpan.Zero,
            _ => { },
            TestContext.Current.CancellationToken));
        Assert.Null(folder.Draw(chart));

        XElement svg = XDocument.Load(Path.Combine(_folder, "two-sizes.svg")).Root!;
        string[] texts = [.. svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)];
        Assert.Contains("Two & more sizes", texts);
        Assert.Contains("elements (log scale)", texts);
        Assert.Contains("nanoseconds", texts);
        Assert.All(["KernelSim", "Dictionary", "Concurrent Dictionary", "plain copy", "100", "200"], t => Assert.Contains(t, texts));
        Assert.Equal(2 * 4, svg.Descendants().Count(e => e.Name.LocalName == "circle"));
        Assert.Contains("prefers-color-scheme: dark", svg.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("href", svg.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Data_can_be_drawn_again_without_measuring()
    {
        foreach (string name in Names.Select(n => n.Data))
        {
            File.WriteAllText(Path.Combine(_folder, $"{name}.csv"), "series,x,y\n\"KernelSim\",1,20.5\n\"KernelSim\",2,40\n");
        }

        ToolRun run = ToolRun.Of("bench", "--plots", _folder, "--redraw", "-j");

        Assert.Equal(new ToolRun(0, "null\n", ""), run);
        Assert.All(Names, n => Assert.True(File.Exists(Path.Combine(_folder, $"{n.Data}.svg"))));
    }

    [Theory]
    [InlineData("", "line 1: '' given, expected series,x,y")]
    [InlineData("series,x,y\n\"KernelSim\",1\n", "line 2: '\"KernelSim\",1' given, expected \"series\",number,number")]
    [InlineData("series,x,y\n\"KernelSim\",1,many\n", "line 2: '\"KernelSim\",1,many' given, expected \"series\",number,number")]
    [InlineData("series,x,y\n\"KernelSim\",1,NaN\n", "line 2: '\"KernelSim\",1,NaN' given, expected \"series\",number,number")]
    public void Data_that_is_not_a_charts_is_refused_with_its_line(string data, string expected)
    {
        string path = Path.Combine(_folder, $"{ChartTable.All[0].Name}.csv");
        File.WriteAllText(path, data);

        ToolRun run = ToolRun.Of("bench", "--plots", _folder, "--redraw");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal($"kernelsim: '{path}' given, expected the data of a chart: {expected}\n", run.Error);
    }

    [Fact]
    public void Without_data_there_is_nothing_to_draw()
    {
        ToolRun run = ToolRun.Of("bench", "--plots", _folder, "--redraw");

        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith(".csv' given, expected the data of a chart: there is no such file\n", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--redraw", "--redraw given without --plots, expected a folder to draw in")]
    [InlineData("--plots x --full", "--full given with --plots, expected --seconds, --redraw and the options of the machine")]
    [InlineData("--plots x --filter batch", "--filter given with --plots, expected --seconds, --redraw and the options of the machine")]
    public void Options_that_do_not_go_together_are_refused(string arguments, string expected)
    {
        ToolRun run = ToolRun.Of(["bench", .. arguments.Split(' ')]);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"kernelsim: bench: {expected}\n", run.Error, StringComparison.Ordinal);
    }

    private sealed record TwoSizes() : Chart(
        "two-sizes",
        "Two & more sizes",
        new ChartAxis("elements", IsLog: true) { Ticks = [(100, "100"), (200, "200")] },
        new ChartAxis("nanoseconds", IsLog: false))
    {
        public override IReadOnlyList<ChartRun> Runs { get; } =
        [
            new(new BatchLookup(), 100, w => w with { Elements = 100 }),
            new(new BatchLookup(), 200, w => w with { Elements = 200 }),
        ];

        public override IEnumerable<ChartPoint> PointsOf(ChartRun run, RowResult result) =>
            result.Measurements.Select(m => new ChartPoint(Tool.Bench.Telling.ContenderNames.NameOf(m.Contender), run.X, m.Least));
    }
}
