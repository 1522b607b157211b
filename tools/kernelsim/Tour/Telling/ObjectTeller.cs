using KernelSim.ObjectFiles;
using KernelSim.Tool.Bpf.Objects;
using KernelSim.Tool.Story;
using KernelSim.Tool.Story.Traces;
using KernelSim.Tool.Tour.Facts;

namespace KernelSim.Tool.Tour.Telling;

/// <summary>Tells how the C program got into the kernel, before the first chapter.</summary>
internal static class ObjectTeller
{
    private static readonly GridColumn[] s_steps =
    [
        new("id", IsNumber: true), new("library"), new("kernel"), new("bytes", IsNumber: true),
    ];

    private static readonly GridColumn[] s_instructions = [new(string.Empty, IsNumber: true), new(string.Empty)];

    /// <summary>The blocks.</summary>
    public static IEnumerable<StoryBlock> Tell(ObjectProgramFacts facts)
    {
        ObjectProgram program = facts.Program;
        yield return new ChapterBlock(string.Empty, "the program, in C", string.Empty);
        yield return ProseBlock.Of(
            "The program is ", Run.Code(facts.Source), $". clang -target bpf made counter.o of it, {Words.Of(facts.ObjectBytes, "byte")}: ",
            "the program ", Run.Code($"{program.Section}/{program.Name}"), $" of {Words.Of(program.Instructions.Length, "instruction")}, ",
            "the map ", Run.Code(facts.File.Maps[0].Name), ", and the line of C that each instruction is from. ",
            "The application opens it from its memory. The library creates the map, checks the structure of the program, and sends its " +
            "instructions; the driver compiles them. The program is then attached to an interface, and each packet that arrives there " +
            "runs it on its CPU.");
        yield return new GridBlock(
            "open, load, attach: the requests of the first application, read back from the trace; all succeed",
            s_steps,
            [
                .. facts.Steps.Select(s => (IReadOnlyList<Run[]>)
                [
                    [Run.Dim(Words.N((long)s.Call.Id))],
                    [s.Call.Start?.Function ?? string.Empty],
                    [Run.Code(s.Request.Start.Operation)],
                    [Words.N(s.Request.Start.InputLength)],
                ]),
            ]);
        yield return new GridBlock("where it counts: lines of C, and the instructions that they became", s_instructions, [.. Excerpt(facts)]);
    }

    private static IEnumerable<IReadOnlyList<Run[]>> Excerpt(ObjectProgramFacts facts)
    {
        LinkedText text = new(facts.File, facts.Program);
        int last = 0;
        foreach (int at in facts.Excerpt)
        {
            if (facts.Program.LineOf(at) is { Line: > 0 } line && line.Line != last)
            {
                last = line.Line;
                yield return [[Run.Dim(Words.N(last))], [Run.Strong(line.Text.Trim())]];
            }

            yield return [[], [Run.Dim($"  {Words.N(at),2}  "), Run.Code(text.Of(at))]];
        }
    }
}
