namespace KernelSim.EndToEnd.Tests.Process;

/// <summary>The command as people start it: a process of its own, with pipes.</summary>
public sealed class CommandProcessTests
{
    [Fact]
    public void A_script_can_be_driven_line_by_line_through_a_pipe()
    {
        using System.Diagnostics.Process process = ToolProcess.Start("script", "-", "--cpus", "2");

        process.StandardInput.WriteLine("""{"op":"num_possible_cpus","id":1}""");
        process.StandardInput.Flush();
        Assert.Equal("""{"id":1,"ret":2}""", process.ReadLineWithin("the answer to the line"));
        process.StandardInput.WriteLine("""{"op":"close","fd":9,"id":2}""");
        process.StandardInput.Flush();
        Assert.Equal("""{"id":2,"ret":-9,"errno":"EBADF","check":"api.descriptor"}""", process.ReadLineWithin("the answer to the line"));
        process.StandardInput.Close();

        Assert.Equal((0, "", ""), process.EndWithin("the end of the script"));
    }

    [Fact]
    public void Redirected_output_has_no_colours_and_the_exit_code_arrives()
    {
        using System.Diagnostics.Process process = ToolProcess.Start("explain", "EINVL");

        (int exitCode, string output, string error) = process.EndWithin("the end of the command");

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains("did you mean 'EINVAL'", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', error);
    }
}
