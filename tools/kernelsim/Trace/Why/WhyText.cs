using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis.Failures;
using KernelSim.TraceAnalysis.Losses;
using KernelSim.TraceAnalysis.Wording;

namespace KernelSim.Tool.Trace.Why;

/// <summary>The story of a failure for people.</summary>
/// <param name="console">The console to write to.</param>
internal sealed class WhyText(ToolConsole console)
{
    private const int Indent = 2;

    private readonly Page _page = new(console);

    /// <summary>Writes it.</summary>
    /// <param name="story">The story.</param>
    /// <param name="losses">What the trace has lost.</param>
    /// <param name="path">The trace, as it was named.</param>
    public void Write(FailureStory story, LossReport losses, string path)
    {
        Write(WhyPage.Of(story), DebuggerCommandsOf.Story(story), losses, path);
    }

    /// <summary>Writes why a program stopped its machine.</summary>
    /// <param name="story">The story.</param>
    /// <param name="losses">What the trace has lost.</param>
    /// <param name="path">The trace, as it was named.</param>
    public void Write(ProgramFaultStory story, LossReport losses, string path) =>
        Write(WhyPage.Of(story), DebuggerCommandsOf.Story(story), losses, path);

    private void Write(IEnumerable<TextPart> parts, IReadOnlyList<string> commands, LossReport losses, string path)
    {
        LossText.Write(console.Out, losses);
        foreach (TextPart part in parts)
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

        if (commands.Count > 0)
        {
            string line = string.Join("; ", commands);
            _page.Heading("In the debugger");
            _page.Paragraph(
                $"kernelsim debug --server NAME --trace {path} -c \"{line}\" shows what the kernel has of it, while the machine runs; "
                + "with --dump FILE, from a dump.",
                Indent);
        }
    }
}
