using System.Text.RegularExpressions;
using KernelSim.EndToEnd.Tests.Tour;
using KernelSim.EndToEnd.Tests.Trace;
using KernelSim.Tool.CommandLine;

namespace KernelSim.EndToEnd.Tests.CommandLine;

/// <summary>What people read fits the terminal that they read it on, and uses it.</summary>
public sealed partial class WidthTests(TourTrace trace)
{
    private static readonly int[] s_widths = [60, 80, 100, 140, 200];

    public static TheoryData<string> Pages =>
    [
        "explain", "explain EINVAL", "explain ENOENT", "explain KS2010", "explain STATUS_NOT_FOUND", "replay MESSAGES", "trace events TRACE",
        "trace events TRACE --event Copy", "trace report TRACE", "trace why TRACE", "trace why TRACE --request 31",
        "doctor", "--help", .. CommandModules.All.SelectMany(HelpOf),
    ];

    public static TheoryData<string> Mistakes =>
        [
            "frob", "scrpt", "trace frob", "trace evnts", "tour --haep packed", "script", "replay x --cpus 0", "explain EINVL",
            "trace events x --level loud",
            "trace report nothing", "replay nothing",
        ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void No_line_of_any_verb_is_wider_than_the_terminal(string command)
    {
        foreach (int width in s_widths)
        {
            ToolRun run = Run(command, c => c with { Width = width, OutIsTerminal = true, ErrorIsTerminal = true, ErrorWidth = width });

            AssertFits(run.Output + run.Error, width);
        }
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_reason_is_wrapped_between_words_on_a_terminal_and_one_line_elsewhere(string command)
    {
        ToolRun narrow = Run(command, c => c with { Width = 60, OutIsTerminal = true, ErrorIsTerminal = true, ErrorWidth = 60 });
        ToolRun piped = Run(command, c => c);

        AssertFits(narrow.Error, 60);
        Assert.Equal(piped.Error.Replace("\n", " ", StringComparison.Ordinal), Spaces().Replace(narrow.Error, " "));
        Assert.StartsWith("kernelsim: ", piped.Error, StringComparison.Ordinal);
        Assert.InRange(piped.Error.Count(c => c == '\n'), 1, 2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--cpus 1")]
    [InlineData("--cpus 64")]
    public async Task The_tour_fits_every_width_and_fills_it(string options)
    {
        foreach (int width in s_widths)
        {
            TourRun run = await TourRun.Start(options, ("COLUMNS", $"{width}"));

            AssertFits(run.Out, width);
            Assert.Contains(run.Out.Split('\n'), l => l.Length == width);
            Assert.Equal(0, run.ExitCode);
        }
    }

    [Fact]
    public void A_terminal_that_is_too_narrow_is_told_so_once()
    {
        ToolRun run = Run("trace report TRACE", c => c with { Width = 59, OutIsTerminal = true });

        Assert.Equal("kernelsim: 59 columns given, expected 60 or more\n", run.Error);
        AssertFits(run.Output, 60);
    }

    [Fact]
    public void Without_a_terminal_an_event_and_a_row_stay_on_one_line()
    {
        ToolRun events = Run("trace events TRACE", c => c);
        ToolRun report = Run("trace report TRACE", c => c);

        Assert.All(events.Lines, l => Assert.Matches(@"^ *\d+\.\d", l));
        Assert.Contains(report.Lines, l => l.StartsWith("KS1222 ", StringComparison.Ordinal) && l.Length > 90);
    }

    [Fact]
    public void Wide_characters_take_two_columns_and_combining_marks_none()
    {
        using StringWriter output = new() { NewLine = "\n" };
        ToolConsole console = new(TextReader.Null, output, TextWriter.Null) { Width = 60, OutIsTerminal = true };
        TextTable table = new("name", "number");
        table.Add("漢字の地図", 1);
        table.Add("e\u0301te\u0301", 22);
        table.Add("plain", 333);
        table.Add("\uffff", 4444);

        table.WriteTo(console);
        new Page(console).Paragraph(string.Concat(Enumerable.Repeat("漢字の地図 ", 12)));

        string[] lines = output.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal("漢字の地図       1", lines[1]);
        Assert.Equal("e\u0301te\u0301             22", lines[2]);
        Assert.Equal("plain          333", lines[3]);
        Assert.Equal("\uffff             4444", lines[4]);
        Assert.All(lines[5..], l => Assert.InRange(CellText.Width(l), 1, 60));
        Assert.Equal(3, lines.Length - 5);
    }

    private static IEnumerable<string> HelpOf(ICommandModule module)
    {
        string name = NameOf(module);
        return module.Verbs.Select(v => $"{name} {NameOf(v)} --help").Prepend($"{name} --help");
    }

    private static string NameOf(ICommandModule module) => module.Build(new ToolConsole(TextReader.Null, TextWriter.Null, TextWriter.Null)).Name;

    /// <summary>A line of progress, which a slow run shows, is written again and again after a carriage return.</summary>
    private static void AssertFits(string text, int width) =>
        Assert.All(text.Split(['\n', '\r']), l => Assert.True(CellText.Width(l) <= width, $"{width} columns: {l}"));

    private ToolRun Run(string command, Func<ToolConsole, ToolConsole> configure)
    {
        string[] args =
        [
            .. command.Split(' ').SelectMany(w => w switch
            {
                "TRACE" => [trace.Path],
                "MESSAGES" => Directory.EnumerateFiles(Repository.PathOf("tests", "corpus", "ioctl")).Order(StringComparer.Ordinal).Take(8),
                _ => (IEnumerable<string>)[w],
            }),
        ];
        return ToolRun.WithInput("", args, configure);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
