using System.Globalization;
using KernelSim.LabScripts;
using KernelSim.Tool.Predict.Questions;
using KernelSim.Tool.Predict.Topics;

namespace KernelSim.Tool.Examples;

/// <summary>Questions of <c>lab predict</c>: the script runs to the call in question, whose answer is to be said first.</summary>
internal static class QuestionExamples
{
    /// <summary>Questions of each topic. Whoever wants more asks <c>lab predict</c>.</summary>
    private const int EachTopic = 3;

    private const string Group = "Predict";

    /// <summary>The questions, topic by topic.</summary>
    public static IEnumerable<ExampleRow> Rows =>
        TopicTable.All.SelectMany(topic => Enumerable.Range(1, EachTopic).Select(seed => Row(topic, (ulong)seed)));

    private static ExampleRow Row(ITopic topic, ulong seed)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"predict/{topic.Name}-{seed}");
        string title = string.Create(CultureInfo.InvariantCulture, $"{topic.Predicts}, {seed}");
        return new ExampleRow(id, title, () => Make(id, title, PosedQuestion.Draw(topic, seed).Question));
    }

    private static ExampleScript Make(string id, string title, Question question) =>
        new(id, Group, title, $"{question.Asked} {question.Request}", [.. Lines(question)])
        {
            Machine = (question as ScriptQuestion)?.Machine ?? new MachineSettings(),
            IsQuestion = true,
        };

    /// <summary>The script, with what is asked before the call in question.</summary>
    private static IEnumerable<string> Lines(Question question)
    {
        string[] lines = question is ProgramQuestion program
            ? [.. program.Listing.Select(l => "# " + l), .. RunOf(program)]
            : [.. question.Listing];
        return
        [
            .. lines[..^1],
            $"# {question.Asked}",
            .. question.Choices.Select((c, i) => string.Create(CultureInfo.InvariantCulture, $"# {i + 1}. {c}")),
            lines[^1],
        ];
    }

    /// <summary>The program of a question, which an interpreter runs: <c>retval</c> is r0.</summary>
    private static IEnumerable<string> RunOf(ProgramQuestion question) =>
    [
        CallLine.Of(
            "prog_load", ("as", "p"), ("type", "xdp"), ("insns", Hex.Of(question.Code)), ("name", "question"), ("execution", "interpreter")),
        CallLine.Of("prog_test_run", ("fd", "p"), ("data", "00"), ("data_size_out", 0), ("ctx_size_out", 0)),
    ];
}
