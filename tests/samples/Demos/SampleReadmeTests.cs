using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using KernelSim.Samples.Echo.Demo;
using KernelSim.Samples.Mailbox.Demo;
using KernelSim.Samples.Programs.Demo;
using KernelSim.Samples.SampleExt.Demo;
using KernelSim.Samples.SampleMap.Demo;

namespace KernelSim.Samples.Tests.Demos;

/// <summary>Holds the samples' README files: the command of each runs the sample's demo, which prints what the file shows.</summary>
public sealed partial class SampleReadmeTests
{
    private static readonly Dictionary<string, Action<TextWriter>> s_demos = new()
    {
        ["echo"] = EchoDemo.Run,
        ["mailbox"] = MailboxDemo.Run,
        ["sampleext"] = SampleExtDemo.Run,
        ["samplemap"] = SampleMapDemo.Run,
        ["programs"] = ProgramsDemo.Run,
    };

    public static TheoryData<string> Samples => [.. s_demos.Keys];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_readme_shows_what_its_sample_prints(string sample)
    {
        using StringWriter output = new() { NewLine = "\n" };
        s_demos[sample](output);
        Assert.Equal(Shown(sample).Groups["output"].Value, output.ToString());
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_command_of_a_readme_runs_the_demo_that_is_compiled(string sample)
    {
        string folder = Repository.PathOf(Shown(sample).Groups["project"].Value);
        string project = Assert.Single(Directory.GetFiles(folder, "*.csproj"));
        Assembly demo = s_demos[sample].Method.DeclaringType!.Assembly;

        Assert.Equal(XDocument.Load(project).Descendants("AssemblyName").Single().Value, demo.GetName().Name);
        Assert.Equal(s_demos[sample].Method.DeclaringType, demo.EntryPoint!.DeclaringType);
    }

    [Fact]
    public void The_overview_lists_every_sample_with_its_command()
    {
        IEnumerable<string> folders = Directory.GetDirectories(Repository.PathOf("samples"))
            .Where(f => Directory.EnumerateFiles(f, "*.csproj", SearchOption.AllDirectories).Any())
            .Select(f => Path.GetFileName(f)!)
            .Order();
        Assert.Equal(folders, s_demos.Keys.Order());

        string overview = Repository.ReadText("samples", "README.md");
        Assert.Equal(
            s_demos.Keys.Select(sample => (sample, Shown(sample).Groups["project"].Value)),
            Row().Matches(overview).Select(row => (row.Groups["sample"].Value, row.Groups["project"].Value)));
    }

    private static Match Shown(string sample)
    {
        Match shown = Command().Match(Repository.ReadText("samples", sample, "README.md"));
        Assert.True(shown.Success, $"samples/{sample}/README.md has no command with its output.");
        return shown;
    }

    [GeneratedRegex(
        @"^```console\n\$ dotnet run --project (?<project>\S+)\n```\n\n```text\n(?<output>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Command();

    [GeneratedRegex(@"^\| \d \| \[(?<sample>\w+)\]\(\w+\) .* `dotnet run --project (?<project>\S+)` \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
