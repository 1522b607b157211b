using System.Diagnostics;
using KernelSim.EndToEnd.Tests.Process;

namespace KernelSim.EndToEnd.Tests.Site;

/// <summary>The documentation site, built by its command.</summary>
public sealed class SiteBuildTests
{
    /// <summary>Less than the watchdog of tests allows: docfx alone takes more than half a minute of two processors.</summary>
    private static readonly TimeSpan s_limit = 1.8 * LimitedWaits.Limit;

    [Fact]
    public async Task The_site_builds_without_a_warning_and_has_no_dead_link()
    {
        LongRuns.Require();
        (int restored, string why) = await Run("tool", "restore");
        Assert.SkipWhen(restored != 0, $"docfx cannot be installed here: {why}");
        using TempFolder folder = new();
        string site = Path.Combine(folder.Path, "site");

        (int exitCode, string said) = await Run(Path.Combine(AppContext.BaseDirectory, "KernelSim.DocsSite.dll"), "-o", site);

        Assert.True(exitCode == 0, said);
        Assert.Contains(" links, 0 dead\n", said, StringComparison.Ordinal);
        Assert.All(
            [
                "index.html", "learn.html", "debug.html", "prototype.html", "docs/tracing.html", "etw-manifests/events.html",
                "reference/checks/api.update_batch.values_size.html", "reference/errno/EINVAL.html", "reference/ops/map_update_batch.html",
                "reference/commands/trace.html", "api/KernelSim.UserMode.Libbpf.html", "index.json",
            ],
            page => Assert.True(File.Exists(Path.Combine(site, page)), $"The site has no {page}."));
        string call = await File.ReadAllTextAsync(Path.Combine(site, "api/KernelSim.UserMode.Libbpf.html"), TestContext.Current.CancellationToken);
        Assert.Contains("EBPF_PAD_8(value_size) * libbpf_num_possible_cpus()", call, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> Run(params string[] args)
    {
        using System.Diagnostics.Process process = ToolProcess.Start(
            new ProcessStartInfo(ToolProcess.Host, args) { WorkingDirectory = Repository.Root });
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"'dotnet {string.Join(' ', args)}' has not ended after {s_limit.TotalSeconds} s.");
        }

        return (process.ExitCode, (await output + await error).ReplaceLineEndings("\n"));
    }
}
