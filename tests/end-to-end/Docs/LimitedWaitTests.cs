using System.Text.RegularExpressions;

namespace KernelSim.EndToEnd.Tests.Docs;

/// <summary>Tests wait with a limit: by <see cref="LimitedWaits"/>, or by a method that takes one.</summary>
public sealed partial class LimitedWaitTests
{
    [Fact]
    public void No_test_waits_for_a_process_a_thread_or_an_event_without_a_limit()
    {
        string tests = Repository.PathOf("tests");
        IEnumerable<string> found =
            from file in Directory.EnumerateFiles(tests, "*.cs", SearchOption.AllDirectories)
            let path = Path.GetRelativePath(tests, file).Replace('\\', '/')
            where !path.Contains("/obj/", StringComparison.Ordinal) && !path.StartsWith("support/", StringComparison.Ordinal)
                && !path.StartsWith("benchmarks/", StringComparison.Ordinal) && !path.EndsWith("/LimitedWaitTests.cs", StringComparison.Ordinal)
            from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
            where Unlimited().IsMatch(line.Text)
            select $"{path}:{line.Number}: {line.Text.Trim()}";

        Assert.Empty(found);
    }

    [GeneratedRegex(
        @"\.WaitForExit\(\)|\bStandard(Output|Error)\.Read(Line|ToEnd)\(\)|\.SignalAndWait\(\)|\.GetAwaiter\(\)\.GetResult\(\)"
        + @"|(?<!\brun)(?<!\bcurrent)(?<!\bquery)(?<!\brequest)\.(Wait|WaitOne)\((TestContext\.Current\.CancellationToken|CancellationToken\.None)?\)"
        + @"|SpinUntil\([^,]*\);|\.Wait\(Timeout\.Infinite|await \w+\.WaitForExitAsync\([^)]*\);"
        + @"|await \w+\.Standard(Output|Error)\.ReadLineAsync\([^)]*\)[;,)]")]
    private static partial Regex Unlimited();
}
