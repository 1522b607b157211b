using KernelSim.Packages.Tests.Feed;

namespace KernelSim.Packages.Tests;

/// <summary>Each template, as a user creates it: it builds, runs and passes its tests without arguments.</summary>
public abstract class TemplateTest(PackedFeed feed, string template, string name, bool isLong, int tests, params string[] prints)
{
    [Fact]
    public void It_builds_runs_and_passes_its_tests_in_the_folder_just_created()
    {
        if (isLong)
        {
            LongRuns.Require();
        }

        string folder = Template.Create(feed, template, name);

        string build = DotNet.Run(folder, "build");
        Assert.DoesNotMatch("warning (?!NU190)", build); // NU190x: the state of the world's vulnerabilities, not of the template
        Assert.Contains($"Passed: {tests,5}", DotNet.Run(folder, "test"), StringComparison.Ordinal);

        string readme = File.ReadAllText(Path.Combine(folder, "README.md"));
        Assert.Contains($"$ dotnet run --project {name}\n", readme, StringComparison.Ordinal);
        string output = DotNet.Run(folder, "run", "--project", name, "--no-build");
        Assert.All(prints, line => Assert.Contains(line, output.Split('\n')));
    }
}

public sealed class AppTemplateTest(PackedFeed feed)
    : TemplateTest(feed, "app", "Counts", isLong: false, tests: 2, "port 53: 10 packets", "port 443: 100 packets");

public sealed class DriverTemplateTest(PackedFeed feed)
    : TemplateTest(feed, "driver", "My.Driver", isLong: false, tests: 4, "  the waiting one    STATUS_CANCELLED", "shut down            0 leaks");

public sealed class MapTemplateTest(PackedFeed feed)
    : TemplateTest(feed, "map", "my-map", isLong: true, tests: 3, "700 ms later   key 1 has 100", "1400 ms later  key 1 has expired");

public sealed class ProgramTemplateTest(PackedFeed feed)
    : TemplateTest(feed, "program", "1stProgram", isLong: true, tests: 3, "UDP packets by processor: 0 1 0 2");

public sealed class ExtensionTemplateTest(PackedFeed feed)
    : TemplateTest(feed, "extension", "class", isLong: true, tests: 6, "user 7, attempt 5         is refused", "shut down                 0 leaks");
