using KernelSim.EndToEnd.Tests.Process;

namespace KernelSim.EndToEnd.Tests.Trace;

/// <summary>Traces from a pipe, and names of something other than a regular file.</summary>
public sealed class TraceInputTests(TourTrace tour)
{
    public static TheoryData<string[]> Readers => new((string[])["report"], ["why"], ["events", "--errno", "EINVAL"], ["convert"], ["view"]);

    [Theory]
    [MemberData(nameof(Readers))]
    public void A_pipe_has_the_same_result_as_the_file(string[] verb)
    {
        ToolRun expected = ToolRun.Of(["trace", .. verb, tour.Path]);

        (int code, string output, string error) = Run(File.ReadAllBytes(tour.Path), ["trace", .. verb, "-"]);

        Assert.True(code == 0, error);
        string shown = expected.Output.Replace(tour.Path, "-", StringComparison.Ordinal);

        // The advice of why names the file, and is wrapped after it.
        Assert.Equal(
            verb is ["view"] ? Untitled(expected.Output) : verb is ["why"] ? OnOneLine(shown) : shown,
            verb is ["view"] ? Untitled(output) : verb is ["why"] ? OnOneLine(output) : output);
    }

    [Theory]
    [InlineData("-")]
    [InlineData("/dev/stdin")]
    public void A_pipe_without_a_trace_is_refused_in_a_line(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && name != "-", "Windows has no such name.");

        (int code, string output, string error) = Run("no trace"u8.ToArray(), ["trace", "report", name]);

        Assert.Equal((1, ""), (code, output));
        Assert.Equal(
            $"kernelsim: '{name}' given, expected a trace (.nettrace, on Windows also .etl): "
            + "it does not begin with the word Nettrace, as a .nettrace file does\n",
            error);
    }

    [Theory]
    [InlineData("/dev/zero", "it does not begin with the word Nettrace")]
    [InlineData("/dev/null", "the file is empty")]
    [InlineData("/tmp", "it is a folder")]
    public void A_name_of_a_device_or_folder_is_refused_in_a_line(string name, string reason)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names.");

        ToolRun run = ToolRun.Of("trace", "report", name);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Matches($"^kernelsim: '{name}' given, expected a trace .*: {reason}.*\n$", run.Error);
    }

    private static string OnOneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Untitled(string page) =>
        page.Replace("tour.nettrace", "", StringComparison.Ordinal).Replace("\"source\":\"-\"", "\"source\":\"\"", StringComparison.Ordinal);

    private static (int Code, string Output, string Error) Run(byte[] input, string[] args)
    {
        using System.Diagnostics.Process process = ToolProcess.Start(args);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It refused the trace before it had read all of it.
        }

        return process.EndWithin(output, error, $"the end of '{string.Join(' ', args)}'");
    }
}
