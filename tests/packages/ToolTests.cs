using KernelSim.Packages.Tests.Feed;

namespace KernelSim.Packages.Tests;

/// <summary>The tool, installed from its packages.</summary>
public sealed class ToolTests(PackedFeed feed)
{
    [Fact]
    public void It_installs_and_runs_the_tour_and_scripts_with_the_samples()
    {
        feed.Require();
        string folder = feed.NewFolder("tool");
        DotNet.Run(folder, "tool", "install", "KernelSim.Tool", "--version", feed.Version, "--tool-path", folder);
        string tool = Path.Combine(folder, OperatingSystem.IsWindows() ? "kernelsim.exe" : "kernelsim");

        (int exitCode, string tour) = DotNet.Try(tool, folder, "tour");
        Assert.True(exitCode == 0, tour);
        Assert.Contains("KS1222 api.update_batch.values_size", tour, StringComparison.Ordinal);

        string script = Path.Combine(folder, "load.jsonl");
        File.WriteAllText(script, """{"op":"object_load","file":"droppacket.sys","as":"drop"}""");
        (exitCode, string result) = DotNet.Try(tool, folder, "script", script);
        Assert.True(exitCode == 0, result);
        Assert.Contains("\"ret\":0", result, StringComparison.Ordinal);
    }
}
