using System.Text.RegularExpressions;
using KernelSim.Packages.Tests.Feed;
using KernelSim.Packages.Tests.Pages;

namespace KernelSim.Packages.Tests;

/// <summary>The first C# on the README, pasted into a new project.</summary>
public sealed class ReadmeTests(PackedFeed feed)
{
    [Fact]
    public void The_first_block_is_a_program_that_runs_in_a_new_project_with_the_package_KernelSim()
    {
        feed.Require();
        string folder = feed.NewFolder("first");
        DotNet.Run(folder, "new", "console", "--debug:custom-hive", feed.Hive);
        DotNet.Run(folder, "add", "package", "KernelSim", "--version", feed.Version, "--no-restore");
        CodeBlock first = Page.Read("README.md").Blocks[0];
        File.WriteAllText(Path.Combine(folder, "Program.cs"), first.Text);

        string[] lines = DotNet.Run(folder, "run").Split('\n');

        Assert.Equal(["port 53: 10 packets", "port 443: 100 packets"], lines.Where(l => Regex.IsMatch(l, @"^port \d+: \d+ packets$")));
    }
}
