using System.Text.RegularExpressions;
using KernelSim.Architecture.Tests.Adding;

namespace KernelSim.Architecture.Tests;

/// <summary>
/// <c>docs/adding-to-it.md</c> says which file and which rows a new X needs; the patch of each X needs these and no others, and still applies.
/// Whether the patches compile is checked by <c>samples/adding/try.sh</c>.
/// </summary>
public partial class AddingTests
{
    private const string Page = "docs/adding-to-it.md";

    /// <summary>The longest row is a check's, or an example of a page.</summary>
    private const int RowLines = 13;

    public static TheoryData<string> Patches => [.. SourcePatch.FindAll()];

    [Fact]
    public void Each_section_of_the_page_has_its_patch_and_each_patch_its_section()
    {
        string[] linked = [.. Sections().Select(section => string.Join(", ", LinkedPatch().Matches(section).Select(m => m.Groups[1].Value)))];
        Assert.Equal(SourcePatch.FindAll(), linked.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Patches))]
    public void A_patch_applies_to_the_sources(string name)
    {
        foreach (FilePatch file in SourcePatch.Read(name).Files)
        {
            string path = Repository.PathOf(file.Path);
            Assert.True(File.Exists(path) != file.IsNew, $"{name}: {file} {(file.IsNew ? "exists already" : "does not exist")}");
            if (!file.IsNew)
            {
                string[] lines = Repository.ReadText(file.Path).Split('\n');
                Assert.All(file.Hunks, hunk => Assert.True(
                    hunk.PlacesIn(lines) == 1,
                    $"""
                    {name}: these lines stand at {hunk.PlacesIn(lines)} places of {file}, expected one. Bring the patch up to date.
                    {string.Join('\n', hunk.Context)}
                    """));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Patches))]
    public void A_patch_adds_one_row_to_each_table_and_otherwise_new_files(string name)
    {
        foreach (FilePatch file in SourcePatch.Read(name).Files)
        {
            PatchHunk hunk = Assert.Single(file.Hunks);
            Assert.True(hunk.Blocks == 1, $"{name}: {hunk.Blocks} places of {file} change, expected one");
            Assert.True(file.IsNew ? hunk.Context.Count == 0 : hunk.Context.Count > 0, $"{name}: {file} has the wrong context");
            Assert.True(
                file.IsNew || hunk.Added.Count <= RowLines,
                $"{name}: {hunk.Added.Count} lines go into {file}, expected at most {RowLines}. What belongs to one X alone is a file of its own.");
        }
    }

    [Theory]
    [MemberData(nameof(Patches))]
    public void The_page_names_the_files_that_a_patch_changes_and_the_folders_that_it_adds_to(string name)
    {
        string section = Sections().Single(s => s.Contains($"/{name})", StringComparison.Ordinal));
        string[] named = [.. NamedPath().Matches(section).Select(m => m.Groups[1].Value)];
        Assert.All(SourcePatch.Read(name).Files, file => Assert.True(
            named.Any(n => file.IsNew ? n.EndsWith('/') && file.Path.StartsWith(n, StringComparison.Ordinal) : n == file.Path),
            $"{name} changes {file}, which the section does not name"));
        Assert.All(named.Where(n => n.Contains('/', StringComparison.Ordinal)), n => Assert.True(
            Path.Exists(Repository.PathOf(n)), $"the section of {name} names {n}, which does not exist"));
    }

    [Fact]
    public void A_diff_that_removes_or_changes_lines_is_refused()
    {
        const string Diff = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n";
        Assert.Throws<FormatException>(() => SourcePatch.Parse(Diff + "-b\n+c\n").ToList());
        Assert.Throws<FormatException>(() => SourcePatch.Parse(Diff + "+b\n+c\n").ToList());
    }

    private static IEnumerable<string> Sections() => Repository.ReadText(Page).Split("\n## ").Skip(1);

    [GeneratedRegex(@"\(\.\./samples/adding/([\w-]+\.patch)\)")]
    private static partial Regex LinkedPatch();

    [GeneratedRegex(@"`([\w./-]+)`")]
    private static partial Regex NamedPath();
}
