using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Predict.Questions;
using KernelSim.Tool.Predict.Telling;
using KernelSim.Tool.Predict.Topics;

namespace KernelSim.Tool.Predict;

/// <summary><c>lab predict</c>: questions about calls, drawn from a seed. The simulator is run to know the answer.</summary>
internal sealed class PredictCommand : ICommandModule
{
    private const int SheetQuestions = 12;
    private const int MostQuestions = 1000;
    private const string SheetExpectation = "a file to write the sheet to";

    private readonly Argument<string?> _topic = new("TOPIC")
    {
        Description = "The kind of question; all in turn if omitted. " + string.Join(", ", TopicTable.All.Select(t => t.Name)) + ".",
        HelpName = "TOPIC",
        Arity = ArgumentArity.ZeroOrOne,
        CompletionSources = { _ => TopicTable.All.Select(t => t.Name) },
    };

    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "The seed of the question: the same topic and seed ask the same; random if omitted.",
        HelpName = "N",
        CustomParser = result => NumberArgument.Read(result, ulong.MinValue, ulong.MaxValue),
    };

    private readonly Option<bool> _reveal = new("-c", "--compute") { Description = "Reveal the answer, and explain it." };

    private readonly Option<string?> _answer = new("--answer")
    {
        Description = "Grade an answer without a terminal: exit code 1 if it is wrong.",
        HelpName = "ANSWER",
    };

    private readonly Option<int> _count = new("--count")
    {
        Description = "How many questions; on a terminal until you stop, in a sheet 12, otherwise one if omitted.",
        HelpName = "N",
        CustomParser = result => NumberArgument.Read(result, 1, MostQuestions),
    };

    private readonly Option<string?> _sheet = new("--sheet")
    {
        Description = "Write a page of HTML to print, with the answers at its end; to standard output without FILE.",
        HelpName = "FILE",
        Arity = ArgumentArity.ZeroOrOne,
        CompletionSources = { Offers.Files },
    };

    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim lab predict value-bytes --seed 5 -c", "Asks how many bytes a program gets, and explains the answer from a trace.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        ArgumentRules.RefuseOptions(_topic, _ => false);
        Command command = new("predict", "Predict what a call does; the simulator knows.");
        command.Arguments.Add(_topic);
        command.Options.Add(_seed);
        command.Options.Add(_reveal);
        command.Options.Add(_answer);
        command.Options.Add(_count);
        command.Options.Add(_sheet);
        _output.AddTo(command);
        command.Validators.Add(Validate);
        command.SetAction(parsed => Run(console, parsed));
        return command;
    }

    private void Validate(CommandResult result)
    {
        if (result.GetValue(_topic) is { } topic && TopicTable.Find(topic) is null)
        {
            string[] names = [.. TopicTable.All.Select(t => t.Name)];
            string hint = NearestWords.Hint(topic, names);
            result.AddError($"'{topic}' given, expected a topic" + (hint.Length > 0 ? hint : $": {string.Join(", ", names)}"));
        }

        if (result.GetResult(_sheet) is not null && (result.GetResult(_answer) is not null || result.GetValue(_reveal)))
        {
            string other = result.GetValue(_reveal) ? _reveal.Name : _answer.Name;
            result.AddError($"{_sheet.Name} given with {other}, expected one of them: a sheet has the answers");
        }

        bool hasSeed = result.GetResult(_seed) is { Implicit: false };
        if (result.GetResult(_answer) is not null && (result.GetValue(_topic) is null || !hasSeed))
        {
            string missing = result.GetValue(_topic) is not null ? _seed.Name : hasSeed ? "TOPIC" : $"TOPIC and {_seed.Name}";
            result.AddError($"{_answer.Name} given without {missing}, expected both as the heading of the question has them");
        }

        if (result.GetResult(_answer) is not null && result.GetResult(_count) is not null)
        {
            result.AddError($"{_answer.Name} given with {_count.Name}, expected one of them: an answer is to one question");
        }
    }

    private int Run(ToolConsole console, ParseResult parsed)
    {
        ITopic? topic = parsed.GetValue(_topic) is { } name ? TopicTable.Find(name) : null;
        ulong seed = parsed.GetResult(_seed) is { Implicit: false } ? parsed.GetValue(_seed) : (ulong)RandomNumberGenerator.GetInt32(1, int.MaxValue);
        int? count = parsed.GetResult(_count) is { Implicit: false } ? parsed.GetValue(_count) : null;
        OutputFormat format = _output.Read(parsed);
        IEnumerable<PosedQuestion> questions = PosedQuestion.DrawAll(topic, seed);
        if (parsed.GetResult(_sheet) is { Implicit: false })
        {
            return WriteSheet(console, format, parsed.GetValue(_sheet), [.. questions.Take(count ?? SheetQuestions)]);
        }

        string? answer = parsed.GetValue(_answer);
        bool reveals = parsed.GetValue(_reveal);
        bool hasStudent = console.OutIsTerminal && !(console.IsHost && Console.IsInputRedirected);
        bool prompts = hasStudent && format == OutputFormat.Text && !reveals && answer is null;
        return prompts
            ? new PredictRun(console).Ask(count is { } most ? questions.Take(most) : questions)
            : Write(console, format, questions.Take(count ?? 1), answer, reveals);
    }

    private static int Write(ToolConsole console, OutputFormat format, IEnumerable<PosedQuestion> questions, string? answer, bool reveals)
    {
        bool first = true;
        bool isRight = true;
        foreach (PosedQuestion posed in questions)
        {
            if (answer is not null && posed.IsRight(answer) is null)
            {
                return Failure.WrongUsage($"lab predict: '{answer}' given, expected {posed.Question.Form.Expected}").Tell(console, format);
            }

            if (format == OutputFormat.Text)
            {
                QuestionText text = new(console);
                text.Write(posed, first);
                if (reveals)
                {
                    text.WriteAnswer(posed);
                }
            }
            else
            {
                console.Out.WriteLine(JsonText.Of(format, json => QuestionJson.Write(json, posed, answer, reveals)));
            }

            first = false;
            if (answer is not null)
            {
                isRight = Grade(console, format, posed, answer);
            }
        }

        return isRight ? ExitCode.Done : ExitCode.Failed;
    }

    private static bool Grade(ToolConsole console, OutputFormat format, PosedQuestion posed, string answer)
    {
        bool isRight = posed.IsRight(answer) == true;
        if (!isRight)
        {
            console.Out.Flush();
            console.Note($"lab predict: '{answer}' given, expected another answer; -c with --seed {posed.Seed} shows it");
        }
        else if (format == OutputFormat.Text)
        {
            new QuestionText(console).Say("Right", Story.Run.Good(answer));
        }

        return isRight;
    }

    private static int WriteSheet(ToolConsole console, OutputFormat format, string? file, IReadOnlyList<PosedQuestion> questions)
    {
        if (file is null)
        {
            QuestionSheet.Write(console.Out, questions);
            return ExitCode.Done;
        }

        Failure? failure = OutputFile.Write(file, SheetExpectation, writer =>
        {
            QuestionSheet.Write(writer, questions);
            return null;
        });
        return failure?.Tell(console, format) ?? ExitCode.Done;
    }
}
