using System.Text.RegularExpressions;
using KernelSim.EndToEnd.Tests.Drivers;

namespace KernelSim.EndToEnd.Tests.Docs;

/// <summary>The lab scripts that a page shows, with their output.</summary>
internal static partial class ScriptExamples
{
    private const string Command = "$ kernelsim script ";
    private const string ScriptEnd = "END";

    /// <summary>Each example: its command line, its input, its output.</summary>
    public static TheoryData<string, string, string> Of(string page) =>
        new(ConsoleBlock().Matches(page).Select(m => m.Groups[1].Value.Split('\n')).Where(l => l.Contains(ScriptEnd)).Select(lines =>
        {
            int end = Array.IndexOf(lines, ScriptEnd);
            return (lines[0], string.Join('\n', lines[1..end]), string.Join('\n', lines[(end + 1)..]));
        }));

    /// <summary>Runs an example; files of the samples are those that were built with the tests.</summary>
    public static void AssertPrints(string command, string input, string output)
    {
        Assert.StartsWith(Command, command, StringComparison.Ordinal);
        Assert.EndsWith(" <<'END'", command, StringComparison.Ordinal);
        string[] args = command["$ kernelsim ".Length..^" <<'END'".Length].Split(' ');

        ToolRun run = ToolRun.WithInput(input, [.. args.Select(a => a.StartsWith("samples/", StringComparison.Ordinal) ? SampleFile.Of(a) : a)]);

        string printed = (run.Output + run.Error).TrimEnd('\n');
        Assert.Equal(Address().Replace(output, "0x…"), Address().Replace(printed, "0x…"));
    }

    [GeneratedRegex(@"```console\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex ConsoleBlock();

    /// <summary>Where a block lies is the heap's business.</summary>
    [GeneratedRegex("0x[0-9a-f]{6,}")]
    private static partial Regex Address();
}
