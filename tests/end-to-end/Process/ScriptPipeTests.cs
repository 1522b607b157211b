namespace KernelSim.EndToEnd.Tests.Process;

/// <summary>A script whose lines come through a pipe, from a program that reads the results.</summary>
public sealed class ScriptPipeTests
{
    private const string Call = """{"op":"num_possible_cpus"}""";

    [Theory]
    [InlineData(Call, 1)]
    [InlineData(Call + "\n" + Call, 2)]
    [InlineData(Call + "\n# a comment", 1)]
    [InlineData(Call + "\n\n", 1)]
    [InlineData(Call + "\n{\"op\":", 1)]
    public void The_results_of_the_lines_so_far_come_before_the_next_line_is_sent(string written, int results)
    {
        using System.Diagnostics.Process script = ToolProcess.Start("script", "-");
        script.StandardInput.Write(written.EndsWith(':') ? written : written + "\n");
        script.StandardInput.Flush();

        for (int i = 0; i < results; i++)
        {
            Assert.Equal("{\"ret\":4}", script.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitFor("a result"));
        }

        script.StandardInput.Close();
        script.EndWithin("the end of the script");
    }
}
