using System.Globalization;
using KernelSim.LabScripts;
using KernelSim.Protocol;
using KernelSim.Tool.Lab.Grading.Answers;
using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Scripts;
using KernelSim.UserMode;

namespace KernelSim.Tool.Lab.Labs.WrongSize;

/// <summary>Finds the call that crashed a program, in the trace of it.</summary>
internal sealed class CrashTask : AnswersTask
{
    /// <summary>The trace in the lab's folder.</summary>
    public const string TraceFile = "crash.nettrace";

    private const int KeySize = 4;

    /// <inheritdoc/>
    public override string Name => "crash";

    /// <inheritdoc/>
    public override string Title => "the crash, found in a trace";

    /// <inheritdoc/>
    public override string File => "crash-answers.json";

    /// <inheritdoc/>
    public override int Points => 20;

    /// <summary>The program of a seed: some healthy calls, and one with a buffer that somebody sized for one CPU, or forgot to pad.</summary>
    public static ScriptInput Program(ulong seed)
    {
        LabSeed draw = new(seed, "wrong-size/crash");
        int cpus = draw.Number(3, 9);
        int valueSize = draw.OneOf([4, 12, 20, 28]);
        int padded = (int)PerCpuLayout.Pad8((uint)valueSize);
        int total = padded * cpus;
        int count = draw.Number(5, 9);
        int wrong = draw.OneOf([padded, valueSize, valueSize * cpus]);
        bool isUpdate = draw.Number(0, 1) == 1;
        string keys = Hex.Of([.. Enumerable.Range(1, count).SelectMany(i => BitConverter.GetBytes(i))]);
        List<string> lines =
        [
            """{"op":"map_create","as":"names","type":"hash","name":"names","key_size":4,"value_size":16,"max_entries":64}""",
            $$"""{"op":"map_create","as":"m","type":"percpu_hash","name":"stats","key_size":4,"value_size":{{valueSize}},"max_entries":64}""",
            $$"""{"op":"map_update_batch","fd":"m","keys":"{{keys}}","values":"{{Zeros(count * total)}}","count":{{count}}}""",
            .. Enumerable.Range(0, draw.Number(0, 4)).Select(
                i => $$"""{"op":"map_update_elem","fd":"names","key":"{{i:x2}}000000","value":"{{Zeros(16)}}"}"""),
            """{"op":"map_lookup_elem","fd":"names","key":"ffffffff"}""",
        ];
        string crash = isUpdate
            ? $$"""{"op":"map_update_batch","fd":"m","keys":"{{keys}}","values":"{{Zeros(count * wrong)}}","count":{{count}}}"""
            : $$"""{"op":"map_lookup_batch","fd":"m","count":{{count}},"values_size":{{count * wrong}}}""";
        LibraryVersion library = isUpdate ? draw.OneOf([LibraryVersion.Upstream, LibraryVersion.Before3564]) : LibraryVersion.Upstream;
        return new ScriptInput([.. lines, crash]) { Cpus = cpus, Library = library, Seed = seed };
    }

    /// <inheritdoc/>
    protected override bool TryFindAnswers(TaskRun run, out IReadOnlyList<AnswerField> fields, out string problem)
    {
        fields = [];
        ScriptInput program = Program(run.Folder.Seed);
        if (!run.Hosts.Run(new ScriptJob(), program, out ScriptFacts? facts, out problem))
        {
            return false;
        }

        const string Why = $"kernelsim trace why {TraceFile}";
        ScriptCallFact crashed = facts!.Calls.Single(c => c.Fault is not null);
        FaultFact fault = crashed.Fault!;
        MapFact? stats = Healthy(run, program);
        if (stats is null)
        {
            problem = "the map cannot be read";
            return false;
        }

        long needed = stats.Elements.Count * (stats.Elements.Values.First().Length / 2);
        fields =
        [
            new("request", 3, Text((long)crashed.Request), "the number after # of the call that crashed", Why),
            new("buffer_bytes", 3, Text(fault.BufferBytes), "the bytes that the program had allocated", $"{Why}; the event ApplicationBuffer"),
            new("needed_bytes", 5, Text(needed), "the bytes that it should have allocated", $"{Why}; count elements of the event BatchLayout"),
            new("element", 5, Text(fault.Element), "the index of the element that was being copied, from 0", $"{Why}; the last copies"),
            new("function", 2, crashed.Function!, "the function of the library that crashed", Why),
            new("access", 2, fault.Access, "\"read\" or \"write\", of the program's memory", Why),
        ];
        return true;
    }

    /// <summary>The map as it is before the crash, after which it is gone with its process.</summary>
    private static MapFact? Healthy(TaskRun run, ScriptInput program) =>
        run.Hosts.Run(new ScriptJob(), program with { Lines = [.. program.Lines.SkipLast(1)] }, out ScriptFacts? facts, out _)
            ? facts!.Map("stats")
            : null;

    private static string Zeros(int bytes) => new('0', 2 * bytes);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
