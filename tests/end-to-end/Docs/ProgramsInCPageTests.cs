using System.Text.RegularExpressions;
using KernelSim.Bytecode;
using KernelSim.EndToEnd.Tests.Serve;
using KernelSim.EndToEnd.Tests.Tour;

namespace KernelSim.EndToEnd.Tests.Docs;

/// <summary>Runs the examples of <c>docs/programs-in-c.md</c>, one after the other on one server, and holds its table to the rules.</summary>
public sealed partial class ProgramsInCPageTests : IDisposable
{
    private const string Prompt = "$ kernelsim ";
    private const string Cut = "$ head -c 1000 samples/c/counter.o > cut.o";
    private const string Script = " <<'END'";

    private static readonly string s_page = Repository.ReadText("docs", "programs-in-c.md");
    private static readonly string s_root = Repository.PathOf("samples") + "/";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_examples_print_what_the_page_says()
    {
        string[][] blocks = [.. ConsoleBlock().Matches(s_page).Select(m => m.Groups[1].Value.Split('\n')).Where(b => b.Length > 1)];
        using ServerProcess server = ServerProcess.Named("default", "--cpus", "2");

        Assert.True(blocks.Length > 5);
        foreach (string[] block in blocks)
        {
            await RunBlock(block);
        }
    }

    [Fact]
    public void The_table_has_each_rule_in_the_order_of_the_check() => Assert.Equal(
        StructuralCheck.Rules.Select(r => $"| `{r.Id}` | {r.Text} |"),
        s_page.Split('\n').Where(l => l.StartsWith("| `bytecode.", StringComparison.Ordinal)));

    [Fact]
    public void The_c_of_the_page_is_that_of_the_sample() => Assert.Contains(
        CBlock().Match(s_page).Groups[1].Value, Repository.ReadText("samples", "c", "counter.c"), StringComparison.Ordinal);

    /// <summary>A command and what it prints, in which <c>[...]</c> stands for lines that are left out.</summary>
    private async Task RunBlock(string[] block)
    {
        if (block[0] == Cut)
        {
            byte[] whole = await File.ReadAllBytesAsync(Repository.PathOf("samples", "c", "counter.o"), TestContext.Current.CancellationToken);
            await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "cut.o"), whole[..1000], TestContext.Current.CancellationToken);
            block = block[1..];
        }

        Assert.StartsWith(Prompt, block[0], StringComparison.Ordinal);
        int end = block[0].EndsWith(Script, StringComparison.Ordinal) ? Array.IndexOf(block, "END") : 0;
        string[] args = [.. block[0][Prompt.Length..].Replace(Script, string.Empty, StringComparison.Ordinal).Split(' ').Select(Here)];
        string printed = args[0] == "tour"
            ? (await TourRun.Of(string.Join(' ', args[1..]))).Out
            : Printed(ToolRun.WithInput(string.Join('\n', block[1..Math.Max(1, end)].Select(Here)), args));
        Compare(block[0], block[(end + 1)..], [.. There(printed).TrimEnd('\n').Split('\n').Select(Comparable)]);
    }

    private static string Printed(ToolRun run) => run.Output + run.Error;

    private static void Compare(string command, string[] shown, string[] printed)
    {
        int at = 0;
        bool mayLeaveOut = false;
        foreach (string line in shown)
        {
            if (line == "[...]")
            {
                mayLeaveOut = true;
                continue;
            }

            int found = Array.IndexOf(printed, Comparable(line), at);
            Assert.True(found == at || (found > at && mayLeaveOut), $"'{command}' does not print at this place: {line}");
            at = found + 1;
            mayLeaveOut = false;
        }

        Assert.True(mayLeaveOut || at == printed.Length, $"'{command}' prints more than is shown: {printed.ElementAtOrDefault(at)}");
    }

    /// <summary>Paths of the page as they are where the test runs.</summary>
    private string Here(string text) => text
        .Replace("samples/", s_root, StringComparison.Ordinal)
        .Replace("cut.o", Path.Combine(_folder.Path, "cut.o"), StringComparison.Ordinal);

    private string There(string text) => text
        .Replace(s_root, "samples/", StringComparison.Ordinal)
        .Replace(_folder.Path + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal);

    /// <summary>A line as it is compared: without blanks at its end.</summary>
    private static string Comparable(string line) => line.TrimEnd();

    [GeneratedRegex(@"```console\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex ConsoleBlock();

    [GeneratedRegex(@"```c\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex CBlock();
}
