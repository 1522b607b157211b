namespace KernelSim.EndToEnd.Tests.Docs;

/// <summary>Runs the examples of <c>samples/c/README.md</c>.</summary>
public sealed class CSamplesPageTests
{
    private static readonly string s_folder = Repository.PathOf("samples", "c").Replace('\\', '/');

    public static TheoryData<string, string, string> Examples => ScriptExamples.Of(Repository.ReadText("samples", "c", "README.md"));

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_prints_what_the_page_says(string command, string input, string output) =>
        ScriptExamples.AssertPrints(command, input.Replace("samples/c/", s_folder + "/", StringComparison.Ordinal), output);
}
