using System.Globalization;
using KernelSim.ObjectFiles;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bpf.Objects;

/// <summary>Programs as text: a heading for each function, a comment for each source line, a line for each instruction.</summary>
internal sealed class DisassemblyText(ToolConsole console, BpfObjectFile file)
{
    /// <summary>Writes programs.</summary>
    public void Write(IReadOnlyList<ObjectProgram> programs)
    {
        for (int i = 0; i < programs.Count; i++)
        {
            if (i > 0)
            {
                console.Out.WriteLine();
            }

            Write(programs[i]);
        }
    }

    private void Write(ObjectProgram program)
    {
        LinkedText text = new(file, program);
        int width = (program.Instructions.Length - 1).ToString(CultureInfo.InvariantCulture).Length;
        foreach (LinkedFunction function in program.Functions)
        {
            bool isEntry = function.FirstInstruction == 0;
            console.Out.WriteLine(ObjectWords.Visible(isEntry ? $"{program.Section}/{program.Name}:" : $"{function.Function.Name}:"));
            SourceLine last = default;
            for (int at = function.FirstInstruction; at < function.FirstInstruction + function.Function.InstructionCount; at++)
            {
                if (program.LineOf(at) is { Line: > 0 } line && (line.Line != last.Line || line.File != last.File))
                {
                    last = line;
                    console.Out.WriteLine(console.Spell(ObjectWords.Visible($"; {Path.GetFileName(line.File)}:{line.Line}  {line.Text.Trim()}")));
                }

                string index = at.ToString(CultureInfo.InvariantCulture).PadLeft(width + 2);
                console.Out.WriteLine($"{index}: {console.Spell(text.Of(at))}");
                at += program.Instructions[at].IsWide ? 1 : 0;
            }
        }
    }
}
