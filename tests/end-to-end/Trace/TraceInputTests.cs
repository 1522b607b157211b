using System.Diagnostics;

namespace KernelSim.EndToEnd.Tests.Trace;

/// <summary>Traces that come through a pipe, and names that are no files.</summary>
public sealed class TraceInputTests(TourTrace tour)
{
    public static TheoryData<string[]> Readers => new((string[])["report"], ["why"], ["events", "--errno", "EINVAL"], ["convert"], ["view"]);

    [Theory]
    [MemberData(nameof(Readers))]
    public void A_pipe_gives_what_the_file_gives(string[] verb)
    {
        ToolRun expected = ToolRun.Of(["trace", .. verb, tour.Path]);

        (int code, string output, string error) = Run(File.ReadAllBytes(tour.Path), ["trace", .. verb, "-"]);

        Assert.True(code == 0, error);
        Assert.Equal(verb is ["view"] ? Untitled(expected.Output) : expected.Output, verb is ["view"] ? Untitled(output) : output);
    }

    [Theory]
    [InlineData("-")]
    [InlineData("/dev/stdin")]
    public void A_pipe_without_a_trace_is_refused_in_a_line(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && name != "-", "Windows has no such name.");

        (int code, string output, string error) = Run("no trace"u8.ToArray(), ["trace", "report", name]);

        Assert.Equal((1, ""), (code, output));
        Assert.Equal($"kernelsim: '{name}' given, expected a trace (.nettrace, on Windows also .etl): it does not begin with the word Nettrace, as a .nettrace file does\n", error);
    }

    [Theory]
    [InlineData("/dev/zero", "it does not begin with the word Nettrace")]
    [InlineData("/dev/null", "the file is empty")]
    [InlineData("/tmp", "it is a folder")]
    public void A_name_that_is_no_file_is_refused_in_a_line(string name, string reason)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names.");

        ToolRun run = ToolRun.Of("trace", "report", name);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Matches($"^kernelsim: '{name}' given, expected a trace .*: {reason}.*\n$", run.Error);
    }

    private static string Untitled(string page) => page.Replace("tour.nettrace", "", StringComparison.Ordinal).Replace("\"source\":\"-\"", "\"source\":\"\"", StringComparison.Ordinal);

    private static (int Code, string Output, string Error) Run(byte[] input, string[] args)
    {
        string dll = Path.Combine(AppContext.BaseDirectory, "kernelsim.dll");
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(
            new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [dll, .. args])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It had seen enough.
        }

        return process.EndWithin(output, error, $"the end of '{string.Join(' ', args)}'");
    }
}
