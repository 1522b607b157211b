using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Predict.Questions;
using KernelSim.Tool.Rendering;
using KernelSim.Tool.Story;

namespace KernelSim.Tool.Predict.Telling;

/// <summary>Questions and explanations as text for a console.</summary>
/// <param name="console">Where they go.</param>
internal sealed class QuestionText(ToolConsole console)
{
    /// <summary>The width from which the two addresses of a copy stand beside each other.</summary>
    private const int WideColumns = 100;

    private const int Indent = 2;

    private readonly Page _page = new(console);

    /// <summary>Writes a question. Lines of a script stay whole where nobody has said how wide a line may be.</summary>
    /// <param name="posed">The question.</param>
    /// <param name="first">Whether nothing stands above it.</param>
    public void Write(PosedQuestion posed, bool first)
    {
        Question question = posed.Question;
        _page.Heading($"{posed.Topic.Name}, seed {posed.Seed}", first);
        console.Out.WriteLine();
        Paragraph(question.Setting);
        console.Out.WriteLine();
        foreach (string line in question.Listing)
        {
            string indented = new string(' ', 2 * Indent) + line;
            if (console.RowWidth == int.MaxValue)
            {
                console.Out.WriteLine(console.Spell(indented));
            }
            else
            {
                _page.Line(indented);
            }
        }

        console.Out.WriteLine();
        Paragraph(question.Asked);
        for (int i = 0; i < question.Choices.Count; i++)
        {
            _page.Paragraph(question.Choices[i], 3 * Indent, $"   {i + 1}. ");
        }

        console.Out.WriteLine();
        Paragraph(question.Request);
    }

    /// <summary>Writes the answer and why it is that.</summary>
    public void WriteAnswer(PosedQuestion posed) =>
        Render([ProseBlock.Labelled("Answer", Run.Good(posed.SpelledAnswer)), .. posed.Explain(console.LayoutWidth < WideColumns)]);

    /// <summary>Writes a paragraph with a word before it.</summary>
    public void Say(string label, params Run[] text) => Render([ProseBlock.Labelled(label, text)]);

    private void Render(IReadOnlyList<StoryBlock> blocks)
    {
        console.Out.WriteLine();
        new TerminalRenderer(console).Render(blocks);
    }

    private void Paragraph(string text) => _page.Paragraph(text, Indent);
}
