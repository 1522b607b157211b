using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Predict.Questions;
using KernelSim.Tool.Predict.Telling;
using KernelSim.Tool.Story;

namespace KernelSim.Tool.Predict;

/// <summary>Asks questions on a terminal until the student stops, and says how many answers were right.</summary>
/// <param name="console">The terminal.</param>
internal sealed class PredictRun(ToolConsole console)
{
    private const string Prompt = "  > ";

    private static readonly string[] s_ends = ["q", "quit", "exit"];

    private readonly QuestionText _text = new(console);
    private readonly List<PosedQuestion> _missed = [];
    private int _asked;

    /// <summary>Asks.</summary>
    /// <param name="questions">The questions, possibly without end.</param>
    /// <returns>The exit code: 1 if an answer was wrong or missing.</returns>
    public int Ask(IEnumerable<PosedQuestion> questions)
    {
        foreach (PosedQuestion posed in questions)
        {
            _text.Write(posed, first: _asked == 0);
            if (_asked == 0)
            {
                _text.Say("Keys", Run.Dim("An empty line shows the answer, q ends."));
            }

            if (Read(posed) is not { } isRight)
            {
                break;
            }

            _asked++;
            if (!isRight)
            {
                _missed.Add(posed);
            }
        }

        TellScore();
        return _missed.Count > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    /// <summary>Reads the answer to a question.</summary>
    /// <returns>Whether it was right; null when the student stops.</returns>
    private bool? Read(PosedQuestion posed)
    {
        while (true)
        {
            console.Out.WriteLine();
            console.Out.Write(Prompt);
            console.Out.Flush();
            if (console.In.ReadLine()?.Trim() is not { } given || s_ends.Contains(given, StringComparer.OrdinalIgnoreCase))
            {
                return null;
            }

            if (given.Length == 0)
            {
                _text.WriteAnswer(posed);
                return false;
            }

            if (posed.IsRight(given) is { } isRight)
            {
                _text.Say(isRight ? "Right" : "Wrong", isRight ? Run.Good(given) : Run.Bad(given));
                _text.WriteAnswer(posed);
                return isRight;
            }

            _text.Say("Again", $"'{given}' given, expected {posed.Question.Form.Expected}.");
        }
    }

    private void TellScore()
    {
        _text.Say("Score", $"{_asked - _missed.Count} of {_asked} right");
        foreach (PosedQuestion missed in _missed)
        {
            _text.Say("Again", Run.Code($"kernelsim lab predict {missed.Topic.Name} --seed {missed.Seed}"));
        }

        console.Out.Flush();
    }
}
