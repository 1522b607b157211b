using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using KernelSim.EndToEnd.Tests.Lab;
using KernelSim.Tool.Lab;
using KernelSim.Tool.Museum.Exhibits;
using KernelSim.Tool.Predict.Questions;
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

    [Fact]
    public void The_script_of_the_demonstration_is_refused_where_the_slide_says()
    {
        using LabRun lab = new("boundary", ulong.Parse(Demonstration().Match(s_page).Groups[1].Value, CultureInfo.InvariantCulture));
        string cpus = Watched().Match(s_page).Groups[1].Value;
        ToolRun run = ToolRun.Of("script", Path.Combine(lab.Path, "trace.jsonl"), "--cpus", cpus);
        JsonElement refused = Assert.Single(run.Json, r => r.TryGetProperty("check", out _));
        string slide = Slide("Who said no?");

        Assert.Contains($"$ kernelsim explain {refused.GetProperty("check").GetString()}\n", slide, StringComparison.Ordinal);
        Assert.Contains($"= {refused.GetProperty("ret")} {refused.GetProperty("errno")}\n", slide, StringComparison.Ordinal);
        Assert.Contains(
            $"the last call, `#{run.Lines.Count}`, which ends without an `ioctl` line. "
                + $"Its result says {refused.GetProperty("given")} given, expected {refused.GetProperty("expected")}.",
            s_page,
            StringComparison.Ordinal);
        Assert.Equal(run.Lines[^1], refused.GetRawText());
    }

    [Fact]
    public void The_question_about_trips_is_that_of_its_seed_and_turns_on_the_padding()
    {
        string slide = Slide("How many trips?");
        ulong seed = ulong.Parse(TripsSeed().Match(slide).Groups[1].Value, CultureInfo.InvariantCulture);
        PosedQuestion posed = PosedQuestion.Draw(TopicTable.Find("batch-ioctls")!, seed);
        Match asked = Trips().Match(slide);
        string text = posed.Question.Text;
        (int cpus, int key, int value, int count) =
            (Number(asked.Groups[1]), Number(asked.Groups[2]), Number(asked.Groups[3]), Number(asked.Groups[4]));
        int padded = (value + 7) / 8 * 8;

        Assert.Contains($" {cpus} CPUs ", text, StringComparison.Ordinal);
        Assert.Contains("percpu_array", text, StringComparison.Ordinal);
        Assert.Contains($"\"key_size\":{key},\"value_size\":{value},", text, StringComparison.Ordinal);
        Assert.Contains($"\"count\":{count}}}", text, StringComparison.Ordinal);
        Assert.Contains($"**Answer.** {posed.Answer}: {value} is padded to {padded}, ", slide, StringComparison.Ordinal);
        Assert.Contains($"Without the padding it would be {Messages(count, key + (value * cpus))}.", slide, StringComparison.Ordinal);
        Assert.Equal(posed.Answer, $"{Messages(count, key + (padded * cpus))}");
        Assert.NotEqual(posed.Answer, $"{Messages(count, key + (value * cpus))}");
        Assert.Equal(1, Messages(count, key + padded));
    }

    /// <summary>Messages of at most 65,535 bytes, each with a header of 8 and whole elements.</summary>
    private static int Messages(int count, int element) => (int)Math.Ceiling(count / Math.Floor((ushort.MaxValue - 8) / (double)element));

    private static int Number(Group digits) => int.Parse(digits.Value, CultureInfo.InvariantCulture);

    /// <summary>A slide's text, from its heading to the end of the quoted block.</summary>
    private static string Slide(string title)
    {
        string[] lines = s_page.Split('\n');
        return string.Join('\n', lines.SkipWhile(l => l != $"> #### {title}").TakeWhile(l => l.StartsWith('>')).Select(l => l[1..].TrimStart()));
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

    /// <summary>What makes a line a line of a slide, or of an item of a list.</summary>
    [GeneratedRegex("^(?:> ?|  )", RegexOptions.Multiline)]
    private static partial Regex Unquote();

    [GeneratedRegex(@"'[^']*'|\S+")]
    private static partial Regex Words();

    [GeneratedRegex("Homework: `kernelsim lab predict` with (`[a-z-]+`,? ?)+")]
    private static partial Regex Homework();

    [GeneratedRegex("lab start boundary --seed ([0-9]+) -o demo")]
    private static partial Regex Demonstration();

    [GeneratedRegex("script trace.jsonl --cpus ([0-9]+)")]
    private static partial Regex Watched();

    [GeneratedRegex("batch-ioctls --seed ([0-9]+) -c")]
    private static partial Regex TripsSeed();

    [GeneratedRegex(@"on (\d+) CPUs has keys of (\d+) bytes and values of (\d+) bytes\. A program looks up (\d+) elements")]
    private static partial Regex Trips();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\b(efw|cilium|gobpf|rebpf)-[a-z0-9-]+")]
    private static partial Regex Exhibit();
}
