using System.Text.Json;
using KernelSim.EndToEnd.Tests.Process;
using KernelSim.TraceAnalysis;

namespace KernelSim.EndToEnd.Tests.Trace;

/// <summary>Recordings of a program that runs already, a script that waits for its next line, and recordings that end before their program.</summary>
public sealed class AttachTests
{
    private const string Create = """{"op":"map_create","as":"m","type":"hash","name":"stats","key_size":4,"value_size":8,"max_entries":4}""";
    private const string Refused = """{"op":"map_lookup_batch","fd":"m","count":4,"values_size":8}""";

    [Fact]
    public async Task A_process_that_runs_is_recorded_until_it_ends()
    {
        using TempFolder folder = new();
        string trace = Path.Combine(folder.Path, "attached.nettrace");
        using System.Diagnostics.Process target = ToolProcess.Start("script", "-");
        await Say(target, Create);

        Task<ToolRun> collecting = Task.Run(() => ToolRun.Of(
            "trace", "collect", "--profile", "verbose", "--pid", $"{target.Id}", "-o", trace, "-j"));
        await SayUntilHeard(target, Refused, trace, collecting);
        target.StandardInput.Close();
        await target.WaitForExitAsync(TestContext.Current.CancellationToken).Within("the end of the script");
        ToolRun run = await collecting.Within("the end of the recording");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(0, target.ExitCode);
        JsonElement told = ToolRun.Parse(run.Output);
        Assert.True(told.GetProperty("complete").GetBoolean());
        Assert.False(told.TryGetProperty("exit_code", out _)); // somebody else's process
        ToolRun why = ToolRun.Of("trace", "why", trace);
        Assert.Contains("KS1212 api.lookup_batch.values_size refused", why.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_its_duration_a_recording_ends_and_the_process_that_ran_before_goes_on()
    {
        using TempFolder folder = new();
        string trace = Path.Combine(folder.Path, "short.nettrace");
        using System.Diagnostics.Process target = ToolProcess.Start("script", "-");
        await Say(target, Create);

        ToolRun run = await Task.Run(() => ToolRun.Of("trace", "collect", "--pid", $"{target.Id}", "--duration", "0.5", "-o", trace))
            .Within("the end of the recording");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("{\"ret\":0}", await Say(target, """{"op":"close","fd":"m"}"""));
        target.StandardInput.Close();
        await target.WaitForExitAsync(TestContext.Current.CancellationToken).Within("the end of the script");
        Assert.Equal(0, target.ExitCode);
        Assert.True(File.Exists(trace));
    }

    [Fact]
    public void After_its_duration_a_program_that_was_started_for_it_is_ended()
    {
        using TempFolder folder = new();
        string trace = Path.Combine(folder.Path, "ended.nettrace");

        // It waits for a line that nobody writes: only the duration can end it.
        using System.Diagnostics.Process collect = ToolProcess.Start(
            "trace", "collect", "--profile", "verbose", "--duration", "0:03", "-o", trace, "--", "kernelsim", "script", "-");
        (int exitCode, _, string error) = collect.EndWithin("the end of the recording");

        Assert.True(exitCode == 0, error);
        Assert.Contains("kernelsim: the program ended with ", error, StringComparison.Ordinal);
        Assert.Equal(0, ToolRun.Of("trace", "report", trace, "--require-complete").ExitCode);
    }

    /// <summary>Says the same again and again, a line only after the answer to the last, until the recording has grown by it or has failed.</summary>
    private static async Task SayUntilHeard(System.Diagnostics.Process target, string line, string trace, Task collecting)
    {
        bool heard = false;
        while (!heard && !collecting.IsCompleted)
        {
            await Say(target, line);
            heard = File.Exists(trace) && Holds(trace);
        }
    }

    /// <summary>Whether the recording so far, which ends in its middle, holds what was said.</summary>
    private static bool Holds(string trace)
    {
        try
        {
            return TraceReader.Read(trace).Events.Any(e => e.Header.Name == "InvalidArgument");
        }
        catch (InvalidDataException)
        {
            return false; // cut off before its first event
        }
    }

    private static async Task<string> Say(System.Diagnostics.Process target, string line)
    {
        await target.StandardInput.WriteLineAsync(line);
        await target.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        return (await target.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().Within($"the answer to {line}"))!;
    }
}
