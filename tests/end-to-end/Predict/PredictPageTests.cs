using KernelSim.Tool.Predict.Topics;

namespace KernelSim.EndToEnd.Tests.Predict;

/// <summary><c>docs/predict.md</c>: its list is the table of topics, and its examples what the command prints.</summary>
public sealed class PredictPageTests
{
    private static readonly string s_page = Repository.ReadText("docs", "predict.md");

    [Fact]
    public void The_page_has_a_row_for_each_topic() => Assert.Equal(
        TopicTable.All.Select(t => $"| `{t.Name}` | {t.Predicts} |"),
        s_page.Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal)));

    [Fact]
    public void The_question_on_the_page_is_what_the_command_prints()
    {
        const string Command = "$ kernelsim lab predict value-bytes --seed 5 -c\n";
        int start = s_page.IndexOf(Command, StringComparison.Ordinal) + Command.Length;
        string shown = s_page[start..s_page.IndexOf("```", start, StringComparison.Ordinal)];

        Assert.Equal(ToolRun.Of("lab", "predict", "value-bytes", "--seed", "5", "-c").Output, shown);
    }
}
