using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using KernelSim.EndToEnd.Tests.Process;

namespace KernelSim.EndToEnd.Tests.Tour;

/// <summary>
/// One run of <c>kernelsim tour</c> in a host process of its own, its output piped: a recording sees a whole host process, and a test's
/// is shared with other tests.
/// </summary>
internal sealed record TourRun(int ExitCode, string Out, string Error)
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<TourRun>>> s_runs = new();

    /// <summary>Runs a command line once, however many tests look at it.</summary>
    public static Task<TourRun> Of(string arguments) => s_runs.GetOrAdd(arguments, a => new(() => Start(a))).Value;

    /// <summary>Runs a command line afresh.</summary>
    public static async Task<TourRun> Start(string arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(ToolProcess.Host, $"exec \"{ToolProcess.Assembly}\" tour {arguments}")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };

        // A console like most, whatever the one is like on which the tests run.
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment.Remove("COLUMNS");
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(start)!;
        (int exitCode, string output, string error) = await Task.Run(() => process.EndWithin($"the end of 'tour {arguments}'"));
        return new TourRun(exitCode, output, error);
    }

    /// <summary>The document that it printed.</summary>
    public JsonElement Json()
    {
        Assert.True(ExitCode == 0, Error);
        return JsonDocument.Parse(Out).RootElement;
    }

    /// <summary>A call of a chapter.</summary>
    public JsonElement Call(string chapter, bool update) =>
        Json().GetProperty("chapters").EnumerateArray().Single(c => c.GetProperty("id").GetString() == chapter)
            .GetProperty("calls").EnumerateArray()
            .Single(c => c.GetProperty("function").GetString() == (update ? "bpf_map_update_batch" : "bpf_map_lookup_batch"));
}
