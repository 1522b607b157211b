using System.Diagnostics;
using System.Text.Json;
using KernelSim.LabScripts.Machines;
using KernelSim.LabScripts.Runs;
using KernelSim.Playground.Tests.Page;
using KernelSim.TraceView.Tests.Support;

namespace KernelSim.Playground.Tests.Results;

/// <summary>
/// The machine of the page, of 32 bits, with one thread, trimmed, against the one of this process: the same scripts, the same bytes.
/// </summary>
public sealed class DifferentialTests(PageHost host, Chromium chromium)
{
    // What refusals compare with.
    private const long PoolOfPage = 256 << 20;

    [Fact]
    public async Task Node_gets_the_results_of_64_bits_from_the_published_machine()
    {
        Assert.SkipWhen(PublishedFolder.Find() is null, PublishedFolder.HowToPublish);
        string[][] found = await InNode(PublishedFolder.Find()!, TestContext.Current.CancellationToken);
        Compare(found);
    }

    [Fact]
    public async Task The_pages_worker_gets_the_results_of_64_bits()
    {
        await using OpenPlayground page = await OpenPlayground.Open(host, chromium);
        await page.HasRun();
        string[][] found = await page.Page.EvaluateAsync<string[][]>(
            """
            (scripts) => new Promise((done, fail) => {
              const worker = new Worker("worker.js", { type: "module" });
              const all = scripts.map(() => []);
              let ended = 0;
              worker.onerror = (error) => fail(new Error(error.message));
              worker.onmessage = ({ data }) => {
                if (data.event === "failed") {
                  fail(new Error(data.message));
                } else if (data.event === "step") {
                  all[data.run].push(data.step.result);
                } else if (data.event === "end" && ++ended === scripts.length) {
                  worker.terminate();
                  done(all);
                }
              };
              scripts.forEach((script, run) => worker.postMessage({ cmd: "run", run, options: { script } }));
            })
            """,
            ScriptCorpus.All.Select(s => s.Script).ToArray());
        Compare(found);
    }

    private static void Compare(string[][] found)
    {
        Assert.Equal(ScriptCorpus.All.Count, found.Length);
        foreach (((string name, string script), string[] results) in ScriptCorpus.All.Zip(found))
        {
            string expected = string.Join('\n', Here(script).Select(WithoutDurations));
            string actual = string.Join('\n', results.Select(WithoutDurations));
            Assert.True(expected == actual, $"{name}: expected\n{expected}\nfound\n{actual}");
        }
    }

    /// <summary>The results of this process's machine.</summary>
    private static List<string> Here(string script)
    {
        List<string> results = [];
        using LabRun run = LabRun.Start(new MachineSettings { PoolLimit = PoolOfPage });
        run.Execute(script, step => results.Add(step.Json));
        return results;
    }

    /// <summary>A result without what depends on the host's time.</summary>
    private static string WithoutDurations(string result) =>
        System.Text.RegularExpressions.Regex.Replace(result, "\"duration(_ns)?\":\\d+", "\"duration\":0");

    private static async Task<string[][]> InNode(string folder, CancellationToken token)
    {
        Process? node = null;
        try
        {
            node = Process.Start(new ProcessStartInfo(
                "node", [Repository.PathOf("tests", "playground", "Results", "run-scripts.mjs"), folder])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            });
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            Assert.Skip($"no node: {missing.Message}");
        }

        using (node)
        {
            Task<string> output = node!.StandardOutput.ReadToEndAsync(token);
            await node.StandardInput.WriteAsync(JsonSerializer.Serialize(ScriptCorpus.All.Select(s => new { script = s.Script })));
            node.StandardInput.Close();
            string last = (await output.WaitAsync(TimeSpan.FromMinutes(2), token)).TrimEnd().Split('\n')[^1];
            return [.. JsonDocument.Parse(last).RootElement.EnumerateArray()
                .Select(run => run.GetProperty("results").EnumerateArray().Select(r => r.GetString()!).ToArray())];
        }
    }
}
