using System.Globalization;
using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.Tool.Bpftool.Output;

namespace KernelSim.Tool.Bpftool.Programs;

/// <summary>
/// <c>prog show</c>, <c>prog list</c>. The kernel knows no licence, time or owner of a program, and of a native one no instructions: the sizes
/// are 0, and the time is left out.
/// </summary>
internal static class ProgShow
{
    /// <summary>Runs it.</summary>
    public static int Run(BpftoolContext context, WordReader words) =>
        ObjectList.Show(context, words, ObjectKind.Program, ObjectSelector.ForPrograms(context), Show);

    private static int Show(BpftoolContext context, int fd, PinnedPaths pins)
    {
        int result = ProgramFacts.Find(context.Kernel, fd, out ProgramFacts? facts);
        if (result != 0)
        {
            return context.Output.FailCall("can't get prog info", result);
        }

        if (context.Output.Json is { } json)
        {
            Write(json, facts!, pins);
        }
        else
        {
            Write(context.Output.Out, facts!, pins);
        }

        return 0;
    }

    private static void Write(BpftoolJson json, ProgramFacts facts, PinnedPaths pins)
    {
        json.BeginObject();
        ProgramHeader.Write(json, facts);
        json.Number("bytes_xlated", facts.InstructionBytes);
        json.Bool("jited", false);
        json.Number("bytes_memlock", 0);
        WriteMaps(json, facts.MapIds);
        PinText.Write(json, pins, facts.Info.Id);
        json.EndObject();
    }

    private static void WriteMaps(BpftoolJson json, uint[] ids)
    {
        if (ids.Length == 0)
        {
            return;
        }

        json.Name("map_ids");
        json.BeginArray();
        foreach (uint id in ids)
        {
            json.Number(id);
        }

        json.EndArray();
    }

    private static void Write(TextWriter output, ProgramFacts facts, PinnedPaths pins)
    {
        ProgramHeader.Write(output, facts);
        output.Write(string.Create(CultureInfo.InvariantCulture, $"\txlated {facts.InstructionBytes}B  not jited  memlock 0B"));
        if (facts.MapIds.Length > 0)
        {
            output.Write($"  map_ids {string.Join(',', facts.MapIds)}");
        }

        PinText.Write(output, pins, facts.Info.Id);
        output.Write('\n');
    }
}
