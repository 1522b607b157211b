using System.Text.RegularExpressions;
using KernelSim.EndToEnd.Tests.Serve;

namespace KernelSim.EndToEnd.Tests.Docs;

/// <summary>Runs the examples of <c>docs/serving.md</c>, one after the other on one server.</summary>
public sealed partial class ServingPageTests
{
    private static readonly string s_page = Repository.ReadText("docs", "serving.md");

    [Fact]
    public void The_examples_print_what_the_page_says()
    {
        string[][] blocks = [.. ConsoleBlock().Matches(s_page).Select(m => m.Groups[1].Value.Split('\n'))];
        Assert.Equal("$ kernelsim serve --cpus 2", blocks[0][0]);
        using ServerProcess server = ServerProcess.Named("default", "--cpus", "2");
        Assert.Matches(@"^serving 'default' on .*/kernelsim/default\.sock, pid \d+$", blocks[0][1]);
        Assert.EndsWith(Path.Combine("kernelsim", "default.sock"), server.Socket, StringComparison.Ordinal);

        Assert.True(blocks.Length >= 3);
        foreach (string[] block in blocks[1..].Where(b => !b[0].StartsWith("$ kernelsim trace ", StringComparison.Ordinal)))
        {
            if (block[0] != "$ kernelsim script --server - <<'END'")
            {
                RunCommands(block);
                continue;
            }

            int end = Array.IndexOf(block, "END");
            ToolRun run = ToolRun.WithInput(string.Join('\n', block[1..end]), "script", "--server", "-");
            Assert.Equal(string.Join('\n', block[(end + 1)..]), run.Output.TrimEnd('\n'));
        }
    }

    /// <summary>Commands, each followed by what it prints.</summary>
    private static void RunCommands(string[] block)
    {
        const string prompt = "$ kernelsim ";
        Assert.StartsWith(prompt, block[0], StringComparison.Ordinal);
        for (int at = 0; at < block.Length;)
        {
            string[] words = [.. Words().Matches(block[at][prompt.Length..]).Select(m => m.Value.Trim('\''))];
            string[] printed = [.. block[++at..].TakeWhile(l => !l.StartsWith(prompt, StringComparison.Ordinal))];
            ToolRun run = ToolRun.Of(words);
            Assert.Equal(string.Concat(printed.Select(l => l + "\n")), run.Output + run.Error);
            at += printed.Length;
        }
    }

    [GeneratedRegex(@"'[^']*'|\S+")]
    private static partial Regex Words();

    [GeneratedRegex(@"```console\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex ConsoleBlock();
}
