using KernelSim.EndToEnd.Tests.Tour;

namespace KernelSim.EndToEnd.Tests.Trace;

/// <summary>An output that is also the input would destroy the recording. It is refused before anything is written.</summary>
public sealed class OverwrittenInputTests(TourTrace tour)
{
    public static TheoryData<string> Verbs => ["view", "convert", "convert --format csv"];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void The_trace_itself_is_refused_as_the_output(string verb)
    {
        using TempFolder folder = new();
        string trace = Copy(folder);

        RefusesAndKeeps(verb, trace, trace, trace);
        RefusesAndKeeps(verb, trace, Path.Combine(folder.Path, "absent", "..", "tour.nettrace"), trace);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void A_link_to_the_trace_is_refused_as_the_output(string verb)
    {
        using TempFolder folder = new();
        string trace = Copy(folder);
        string link = Path.Combine(folder.Path, "link");
        string linkToLink = Path.Combine(folder.Path, "link-to-link");
        string folderLink = Path.Combine(folder.Path, "folder");
        File.CreateSymbolicLink(link, "tour.nettrace");
        File.CreateSymbolicLink(linkToLink, link);
        Directory.CreateSymbolicLink(folderLink, folder.Path);

        RefusesAndKeeps(verb, trace, linkToLink, trace);
        RefusesAndKeeps(verb, link, trace, trace);
        RefusesAndKeeps(verb, trace, Path.Combine(folderLink, "tour.nettrace"), trace);
    }

    [Fact]
    public void A_tour_refuses_one_file_for_its_trace_and_its_page()
    {
        using TempFolder folder = new();
        string file = Path.Combine(folder.Path, "tour");
        string link = Path.Combine(folder.Path, "link");
        File.CreateSymbolicLink(link, "tour");

        foreach (string page in new[] { file, link })
        {
            ToolRun run = ToolRun.Of("tour", "--html", page, "--trace", file);

            Assert.Equal(2, run.ExitCode);
            Assert.Equal($"kernelsim: '{page}' given, expected a file to write the page to: it is also the file of the trace\n", run.Error);
            Assert.False(File.Exists(file));
        }
    }

    [Fact]
    public async Task A_device_that_keeps_no_trace_is_an_ordinary_failure_of_a_tour()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no /dev/null.");

        TourRun run = await TourRun.Start("--html /dev/null --trace /dev/null");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("kernelsim: '/dev/null' given, expected a file to write the trace to: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
    }

    [Fact]
    public void Links_that_lead_in_a_circle_are_an_ordinary_failure()
    {
        using TempFolder folder = new();
        string circle = Path.Combine(folder.Path, "circle");
        File.CreateSymbolicLink(circle, "circle");

        ToolRun run = ToolRun.Of("trace", "view", Copy(folder), "-o", circle);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"'{circle}' given, expected a file to write the page to", run.Error, StringComparison.Ordinal);
    }

    private static void RefusesAndKeeps(string verb, string input, string output, string trace)
    {
        byte[] before = File.ReadAllBytes(trace);

        ToolRun run = ToolRun.Of(["trace", .. verb.Split(' '), input, "-o", output]);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.StartsWith($"kernelsim: '{output}' given, expected a file to write ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith(": it is also the trace to read\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
        Assert.Equal(before, File.ReadAllBytes(trace));
    }

    private string Copy(TempFolder folder) => folder.Add("tour.nettrace", File.ReadAllBytes(tour.Path));
}
