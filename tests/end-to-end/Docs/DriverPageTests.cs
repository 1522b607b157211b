namespace KernelSim.EndToEnd.Tests.Docs;

/// <summary>Runs the lab scripts of <c>docs/writing-a-driver.md</c>; its other outputs are held by the tests of the samples.</summary>
public sealed class DriverPageTests
{
    public static TheoryData<string, string, string> Examples => ScriptExamples.Of(Repository.ReadText("docs", "writing-a-driver.md"));

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_script_prints_what_the_page_says(string command, string input, string output) =>
        ScriptExamples.AssertPrints(command, input, output);
}
