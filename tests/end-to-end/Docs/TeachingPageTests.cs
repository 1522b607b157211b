using System.Text.RegularExpressions;
using KernelSim.Tool.Lab;
using KernelSim.Tool.Museum.Exhibits;
using KernelSim.Tool.Predict.Topics;

namespace KernelSim.EndToEnd.Tests.Docs;

/// <summary>The plan for a class: its commands exist and print what it says, and each lab has its session.</summary>
public sealed partial class TeachingPageTests
{
    private const string Prompt = "$ kernelsim ";
    private const string ScriptEnd = " <<'END'";

    private static readonly string s_page = Repository.ReadText("docs", "teaching.md");

    /// <summary>Verbs that end by themselves, need no file, and start no process: the test runs them.</summary>
    private static readonly string[] s_run = ["script", "explain", "museum", "predict"];

    /// <summary>Each command of the tool, with its input and what is shown of its output.</summary>
    public static TheoryData<string, string, string> Commands => new(
        from Match block in ConsoleBlock().Matches(Unquote().Replace(s_page, string.Empty))
        from command in Split(block.Groups[1].Value.Split('\n'))
        select command);

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_works_and_prints_what_the_page_shows(string command, string input, string output)
    {
        string[] words = [.. Words().Matches(command).Select(m => m.Value.Trim('\''))];
        bool runs = (s_run.Contains(words[0]) && !words.Contains("--server") && !words.Contains("--sheet")) || (words is ["lab", "predict", ..]);
        if (!runs)
        {
            string[] verbs = [.. words.TakeWhile(w => char.IsAsciiLetterLower(w[0])).Take(2)];
            Assert.True(
                ToolRun.Of([.. verbs, "--help"]).ExitCode == 0 || ToolRun.Of(verbs[0], "--help").ExitCode == 0, $"There is no verb of '{command}'.");
            return;
        }

        ToolRun run = ToolRun.WithInput(input, words);

        Assert.True(run.ExitCode == 0, $"'{command}' ends with {run.ExitCode}: {run.Error}");
        if (output.Length > 0)
        {
            Assert.Equal(output, (run.Output + run.Error).TrimEnd('\n'));
        }
    }

    [Fact]
    public void Each_lab_has_a_session() => Assert.All(LabTable.All, lab => Assert.Contains($"`{lab.Name}`", s_page, StringComparison.Ordinal));

    [Fact]
    public void Exhibits_and_topics_of_the_homework_exist()
    {
        string[] topics =
        [
            .. Homework().Matches(Unquote().Replace(s_page, string.Empty))
                .SelectMany(m => CodeSpan().Matches(m.Value)).Select(m => m.Groups[1].Value),
        ];
        Assert.True(topics.Length > 10);
        Assert.Empty(topics.Except(["kernelsim lab predict", .. TopicTable.All.Select(t => t.Name)]));

        string[] exhibits = [.. Exhibit().Matches(s_page).Select(m => m.Value)];
        Assert.True(exhibits.Length > 5);
        Assert.Empty(exhibits.Except(ExhibitTable.All.Select(e => e.Label.Id)));
    }

    /// <summary>The commands of a block; what a shell does beside is left out.</summary>
    private static IEnumerable<(string Command, string Input, string Output)> Split(string[] block)
    {
        for (int at = 0; at < block.Length; at++)
        {
            if (!block[at].StartsWith(Prompt, StringComparison.Ordinal))
            {
                continue;
            }

            string command = block[at][Prompt.Length..];
            string input = string.Empty;
            if (command.EndsWith(ScriptEnd, StringComparison.Ordinal))
            {
                string[] lines = [.. block[(at + 1)..].TakeWhile(l => l != "END")];
                (command, input, at) = (command[..^ScriptEnd.Length], string.Join('\n', lines), at + lines.Length + 1);
            }

            string[] output = [.. block[(at + 1)..].TakeWhile(l => !l.StartsWith("$ ", StringComparison.Ordinal))];
            yield return (command, input, string.Join('\n', output));
        }
    }

    [GeneratedRegex(@"```console\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex ConsoleBlock();

    /// <summary>What makes a line a line of a slide.</summary>
    [GeneratedRegex("^> ?", RegexOptions.Multiline)]
    private static partial Regex Unquote();

    [GeneratedRegex(@"'[^']*'|\S+")]
    private static partial Regex Words();

    [GeneratedRegex("Homework: `kernelsim lab predict` with (`[a-z-]+`,? ?)+")]
    private static partial Regex Homework();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\b(efw|cilium|gobpf|rebpf)-[a-z0-9-]+")]
    private static partial Regex Exhibit();
}
