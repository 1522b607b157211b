using System.Diagnostics;
using System.Xml.Linq;

namespace KernelSim.Testing.Tests.Child;

/// <summary>Runs explicit tests of this assembly in a process of their own, as a user's run would: only there may a test fail on purpose.</summary>
public sealed class ChildRun
{
    private readonly Lazy<IReadOnlyList<ChildTest>> _all = new(() => Run());

    /// <summary>All explicit tests, run once for all tests of this process.</summary>
    public IReadOnlyList<ChildTest> All => _all.Value;

    /// <summary>The test with a method's name.</summary>
    public ChildTest Test(string method) => Assert.Single(All, t => t.Name.EndsWith("." + method, StringComparison.Ordinal));

    /// <summary>Runs explicit tests.</summary>
    /// <param name="seed">What the environment asks for.</param>
    /// <param name="method">The method to run; all if null.</param>
    public static IReadOnlyList<ChildTest> Run(string? seed = null, string? method = null)
    {
        using TempFolder folder = new();
        string report = Path.Combine(folder.Path, "report.xml");
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string argument in (string[])
            [typeof(ChildRun).Assembly.Location, "-explicit", "only", "-noColor", "-noAutoReporters", "-result-xml", report])
        {
            start.ArgumentList.Add(argument);
        }

        if (method is not null)
        {
            start.ArgumentList.Add("-method");
            start.ArgumentList.Add("*." + method);
        }

        start.Environment["KERNELSIM_SEED"] = seed ?? string.Empty;
        using Process process = Process.Start(start)!;
        (int exitCode, string output, string error) = process.EndWithin("the explicit tests");
        Assert.True(File.Exists(report), $"Exit code {exitCode}, no report: {output} {error}");
        return
        [
            .. XDocument.Load(report).Descendants("test").Select(t => new ChildTest(
                (string)t.Attribute("name")!,
                (string)t.Attribute("result")!,
                (string?)t.Element("failure")?.Attribute("exception-type") ?? string.Empty,
                (string?)t.Element("failure")?.Element("message") ?? string.Empty,
                (string?)t.Element("output") ?? string.Empty,
                [.. t.Descendants("attachment").Select(a => (string)a.Attribute("name")!)])),
        ];
    }
}
