using System.Globalization;
using KernelSim.ObjectFiles;
using KernelSim.Tool.Bpf.Objects;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bpf.Verification;

/// <summary>Verdicts as text: a line for each program, its reasons with their source lines below it.</summary>
internal sealed class VerdictText(ToolConsole console, BpfObjectFile file)
{
    /// <summary>Writes a verdict.</summary>
    /// <param name="verified">The program.</param>
    /// <param name="isVerbose">Whether to print its instructions, each with what is known before it.</param>
    public void Write(VerifiedProgram verified, bool isVerbose)
    {
        ObjectProgram program = verified.Program;
        Line($"{(verified.Verdict.IsPassed ? "PASS" : "FAIL")}: {program.Section}/{program.Name}");
        for (int i = 0; i < verified.Verdict.Reasons.Count; i++)
        {
            VerdictReason reason = verified.Verdict.Reasons[i];
            Row($"  {i + 1}. ", $"{reason.Text}{(reason.Check is { } check ? $" [{check}]" : "")}");
            if (SourceOf(program, reason.Instruction) is { } line)
            {
                Row("     ", Place(line));
            }
        }

        if (isVerbose)
        {
            WriteKnown(program, verified.Verdict.Known);
        }
    }

    private void WriteKnown(ObjectProgram program, IReadOnlyList<KnownBefore> known)
    {
        LinkedText text = new(file, program);
        int digits = (program.Instructions.Length - 1).ToString(CultureInfo.InvariantCulture).Length;
        SourceLine? last = null;
        foreach (KnownBefore before in known)
        {
            SourceLine? line = SourceOf(program, before.Instruction);
            if (line is { } source && (last is null || source.Line != last.Value.Line))
            {
                Line($"  ; {Place(source)}");
                last = line;
            }

            string index = before.Instruction.ToString(CultureInfo.InvariantCulture).PadLeft(digits);
            Line($"  {index}: [{string.Join(", ", before.Facts)}] {text.Of(before.Instruction)}");
        }
    }

    /// <summary>The source line of an instruction; null where there is none.</summary>
    public static SourceLine? SourceOf(ObjectProgram program, int instruction) =>
        instruction >= 0 && program.LineOf(instruction) is { Line: > 0 } line ? line : null;

    private static string Place(SourceLine line) => $"{Path.GetFileName(line.File)}:{line.Line}  {line.Text.Trim()}";

    private void Line(string text) => console.Out.WriteLine(console.Spell(ObjectWords.Visible(text)));

    /// <summary>Text behind a label; on a terminal it continues below itself where it is too wide.</summary>
    private void Row(string label, string text)
    {
        string visible = console.Spell(ObjectWords.Visible(text));
        int width = console.RowWidth - label.Length;
        string start = label;
        foreach (string line in CellText.Width(visible) <= width ? [visible] : CellText.Wrap(visible, width))
        {
            console.Out.WriteLine(start + line);
            start = new string(' ', label.Length);
        }
    }
}
