using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis.Failures;
using KernelSim.TraceAnalysis.Losses;
using KernelSim.TraceAnalysis.Wording;

namespace KernelSim.Tool.Trace.Why;

/// <summary>The story of a failure for people.</summary>
/// <param name="console">The console to write to.</param>
internal sealed class WhyText(ToolConsole console)
{
    private readonly Page _page = new(console);

    /// <summary>Writes it.</summary>
    public void Write(FailureStory story, LossReport losses)
    {
        LossText.Write(console.Out, losses);
        foreach (TextPart part in WhyPage.Of(story))
        {
            switch (part)
            {
                case TextPart.Heading heading:
                    _page.Heading(heading.Text);
                    break;
                case TextPart.Paragraph paragraph:
                    _page.Paragraph(paragraph.Text, paragraph.Indent, paragraph.Label);
                    break;
                case TextPart.Table data:
                    TextTable table = new([.. data.Headings]);
                    foreach (IReadOnlyList<object> row in data.Rows)
                    {
                        table.Add([.. row]);
                    }

                    table.WriteTo(console);
                    break;
            }
        }
    }
}
