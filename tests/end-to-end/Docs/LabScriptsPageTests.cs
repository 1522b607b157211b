namespace KernelSim.EndToEnd.Tests.Docs;

/// <summary>Runs the examples of <c>docs/lab-scripts.md</c>.</summary>
public sealed class LabScriptsPageTests
{
    private static readonly string s_page = Repository.ReadText("docs", "lab-scripts.md");

    /// <summary>Each example: its command line, its input, its output.</summary>
    public static TheoryData<string, string, string> Examples => ScriptExamples.Of(s_page);

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_prints_what_the_page_says(string command, string input, string output) =>
        ScriptExamples.AssertPrints(command, input, output);

    [Fact]
    public void The_page_shows_every_call_and_every_field()
    {
        Assert.True(Examples.Count >= 15);
        foreach (KernelSim.LabScripts.ScriptOp op in KernelSim.LabScripts.ScriptOpTable.All)
        {
            Assert.Contains($"\"op\":\"{op.Name}\"", s_page, StringComparison.Ordinal);
            Assert.All(op.Fields.Select(f => f.Name), field => Assert.Matches($"[`\"]{field}[`\"]", s_page));
        }
    }
}
