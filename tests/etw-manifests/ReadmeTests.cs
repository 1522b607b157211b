using System.Diagnostics.Tracing;
using KernelSim.Tracing.Tests.Support;

namespace KernelSim.Tracing.Tests;

public sealed class ReadmeTests
{
    public static TheoryData<string, string> Events => TraceEventCase.Names;

    [Theory]
    [MemberData(nameof(Events))]
    public void The_readme_has_a_row_that_gives_an_events_fields_level_and_keywords(string provider, string name)
    {
        TraceEventCase declared = TraceEventCase.Find(provider, name);
        bool inBoth = TraceEventCase.All.Count(e => e.Name == name) == 2;

        string[] row = Assert.Single(Rows(), r => r[0] == $"`{name}`");

        Assert.Equal(inBoth ? "both" : declared.Provider == KernelEventSource.Log ? "K" : "U", row[1]);
        Assert.Equal(string.Join(' ', declared.OwnFields.Select(f => $"`{f}`")), row[2]);
        Assert.Equal(LevelOf(declared), row[3].Split(' ')[0]);
        Assert.Equal(declared.Attribute.Keywords, KeywordsOf(row[3]));
    }

    [Fact]
    public void The_readme_has_no_row_for_an_event_that_does_not_exist()
    {
        Assert.All(Rows(), row => Assert.Contains(row[0].Trim('`'), TraceEventCase.All.Select(e => e.Name)));
    }

    private static IEnumerable<string[]> Rows() =>
        Repository.ReadText("etw-manifests", "README.md").Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split(" | "));

    private static string LevelOf(TraceEventCase declared) =>
        declared.Attribute.Level == EventLevel.Informational ? "info" : declared.Attribute.Level.ToString().ToLowerInvariant();

    private static EventKeywords KeywordsOf(string levelAndKeywords) =>
        levelAndKeywords.Split([" ", ", "], StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(name => (EventKeywords)(long)typeof(KernelEventSource.Keywords).GetField(name)!.GetRawConstantValue()!)
            .Aggregate((all, keyword) => all | keyword);
}
