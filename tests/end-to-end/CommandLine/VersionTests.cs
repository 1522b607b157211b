using System.Text.Json;
using System.Text.RegularExpressions;
using KernelSim.EndToEnd.Tests.Process;
using KernelSim.Tool.CommandLine;

namespace KernelSim.EndToEnd.Tests.CommandLine;

public sealed partial class VersionTests
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    [Theory]
    [InlineData("--version")]
    [InlineData("-V")]
    public void Version_is_the_tools_own_and_then_what_it_was_built_from_and_runs_on(string option)
    {
        ToolRun run = ToolRun.Of(option);

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.Matches(FourLines(), run.Output);
    }

    [Fact]
    public void Version_as_json_has_the_whole_commit_or_null()
    {
        JsonElement json = ToolRun.Of("--version", "-j").Json.Single();

        Assert.Equal(["version", "commit", "runtime", "system", "architecture"], json.EnumerateObject().Select(p => p.Name));
        Assert.Matches(@"^\d+\.\d+\.\d+", json.GetProperty("version").GetString());
        Assert.Matches("^([0-9a-f]{40}|[0-9a-f]{64}|)$", json.GetProperty("commit").GetString() ?? "");
        Assert.StartsWith(".NET ", json.GetProperty("runtime").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("{\n  \"version\": ", ToolRun.Of("--version", "-p").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.2.0+" + Commit, "0.2.0", Commit)]
    [InlineData("0.3.0-preview.1+" + Commit, "0.3.0-preview.1", Commit)]
    [InlineData("0.2.0", "0.2.0", null)]
    [InlineData("0.2.0+", "0.2.0", null)]
    public void A_version_is_taken_apart_at_its_plus(string informational, string version, string? commit)
    {
        var parsed = ToolVersion.Parse(informational);

        Assert.Equal(new ToolVersion(version, commit), parsed);
        Assert.Equal(commit is null ? "commit    not known to the build" : "commit    0123456789ab", parsed.Lines[1]);
    }

    [Fact]
    public void The_build_reads_the_commit_from_any_kind_of_repository_and_none_where_there_is_none()
    {
        using TempFolder folder = new();
        (string Name, string Expected, (string File, string Text)[] Files)[] repositories =
        [
            ("branch", Commit, [(".git/HEAD", "ref: refs/heads/a/b.c\n"), (".git/refs/heads/a/b.c", Commit + "\n")]),
            ("detached", Commit, [(".git/HEAD", Commit + "\n")]),
            ("packed", Commit,
            [
                (".git/HEAD", "ref: refs/heads/main\n"),
                (".git/packed-refs", $"# pack-refs with: peeled\n{new string('f', 40)} refs/heads/main2\n{Commit} refs/heads/main\n"),
            ]),
            ("worktree", Commit,
            [
                (".git", "gitdir: ../shared/worktrees/w\n"), ("../shared/worktrees/w/HEAD", "ref: refs/heads/main\n"),
                ("../shared/worktrees/w/commondir", "../..\n"), ("../shared/refs/heads/main", Commit + "\n"),
            ]),
            ("unborn", "", [(".git/HEAD", "ref: refs/heads/main\n")]),
            ("other", "", [(".git/HEAD", "ref: refs/heads/.invalid\n"), (".git/reftable/tables.list", "")]),
            ("junk", "", [(".git", "junk\n")]),
            ("gone", "", [(".git", "gitdir: /nowhere/at/all\n")]),
            ("archive", "", []),
        ];
        foreach ((string name, _, (string File, string Text)[] files) in repositories)
        {
            Directory.CreateDirectory(Path.Combine(folder.Path, name));
            foreach ((string file, string text) in files)
            {
                string path = Path.GetFullPath(Path.Combine(folder.Path, name, file));
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, text);
            }
        }

        // One build reads them all: each is a project of its own to the engine.
        string targets = Repository.PathOf("tools", "kernelsim", "Commit.targets");
        string project = Path.Combine(folder.Path, "all.proj");
        IEnumerable<string> calls = repositories.Select(r =>
            $"""<MSBuild Projects="{project}" Targets="One" Properties="Name={r.Name};RepositoryFolder={Path.Combine(folder.Path, r.Name)}" />""");
        File.WriteAllText(project, $"""
            <Project>
              <Import Project="{targets}" />
              <Target Name="One" DependsOnTargets="ReadCommit"><Message Importance="high" Text="[$(Name)] [$(SourceRevisionId)]" /></Target>
              <Target Name="All">{string.Concat(calls)}</Target>
            </Project>
            """);
        using System.Diagnostics.Process build = ToolProcess.Start(
            new System.Diagnostics.ProcessStartInfo(ToolProcess.Host, ["msbuild", project, "-t:All", "-nologo", "-nodeReuse:false"]));
        (int exitCode, string output, string error) = build.EndWithin("the end of the build");

        Assert.True(exitCode == 0, output + error);
        Assert.Equal(
            repositories.Select(r => (r.Name, r.Expected)),
            ReadCommits().Matches(output).Select(m => (m.Groups[1].Value, m.Groups[2].Value)));
    }

    [GeneratedRegex(
        @"^kernelsim \d+\.\d+\.\d+\S*\n"
        + @"commit    ([0-9a-f]{12}|not known to the build)\nruntime   \.NET .+\nsystem    .+, \w+\n$")]
    private static partial Regex FourLines();

    [GeneratedRegex(@"\[(\w+)\] \[(\w*)\]")]
    private static partial Regex ReadCommits();
}
