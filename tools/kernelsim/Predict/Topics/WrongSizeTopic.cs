using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tool.Predict.Questions;
using KernelSim.Tool.Story.Traces;
using KernelSim.UserMode;

namespace KernelSim.Tool.Predict.Topics;

/// <summary>A buffer that may be too small for its values, with each library and heap: upstream's issue 3564.</summary>
internal sealed class WrongSizeTopic : ITopic
{
    private const string Refused = "refused";
    private const string Crash = "crash";
    private const string Overrun = "overrun";
    private const string Fits = "fits";

    private static readonly (string Name, string Text)[] s_endings =
    [
        (Refused, "The call fails with an errno, and the process goes on."),
        (Crash, "The process ends with an access violation."),
        (Overrun, "The call succeeds, and the library has gone past the end of the buffer."),
        (Fits, "The call succeeds, and stays within the buffer."),
    ];

    /// <inheritdoc/>
    public string Name => "wrong-size";

    /// <inheritdoc/>
    public string Predicts => "how a call with a buffer that may be too small ends";

    /// <inheritdoc/>
    public Question Ask(QuestionDraw draw)
    {
        BpfMapType type = draw.OneOf(BpfMapType.PercpuArray, BpfMapType.PercpuArray, BpfMapType.Array);
        int cpus = draw.OneOf(2, 4, 8);
        int size = draw.OneOf(4, 8, 12, 16);
        int count = draw.Number(1, 4);
        PerCpuLayout.TryCreate(type, (uint)size, cpus, out PerCpuLayout layout);
        int given = draw.OneOf((int)layout.Total, size, (int)PerCpuLayout.Pad8((uint)size), size * cpus);
        (string Name, string Text)[] endings = draw.Some(s_endings, s_endings.Length);
        (string, object?) key = ("key", CallLine.Le(0, 4));
        return new ScriptQuestion(
            new MachineSettings
            {
                Cpus = cpus,
                Library = draw.OneOf(LibraryVersion.Checked, LibraryVersion.Upstream, LibraryVersion.Upstream, LibraryVersion.Before3564),
                Heap = draw.OneOf(HeapMode.Guarded, HeapMode.Packed),
            },
            [
                CallLine.Create(BpfMapTypeNames.NameOf(type)!, "m", 4, size, 4),
                draw.Number(0, 1) == 0
                    ? CallLine.Of("map_update_elem", ("fd", "m"), key, ("value", CallLine.Le(1, given)))
                    : CallLine.Of("map_lookup_batch", ("fd", "m"), ("count", count), ("values_size", count * given)),
            ],
            "The program has allocated as many bytes as the last line says. How does the call end?",
            AnswerForm.Choice([.. endings.Select(e => e.Name)]),
            EndingOf,
            played => Because(played, layout))
        {
            Choices = [.. endings.Select(e => e.Text)],
        };
    }

    private static string EndingOf(PlayedScript played) =>
        played.Crashed ? Crash
        : played.WentPastTheEnd ? Overrun
        : played.Returned == "0" ? Fits
        : Refused;

    private static string Because(PlayedScript played, PerCpuLayout layout)
    {
        string needed = $"A value takes {(layout.IsPerCpu ? $"{Words.Formula(layout)} = " : "")}{layout.Total} bytes.";
        return needed + EndingOf(played) switch
        {
            Refused => $" {RefusalWords.Of(played, played.Check)}",
            Crash => " No size of a value is in the protocol: the library relies on the buffer. Behind the block is a guard page, which must "
                + "not be touched.",
            Overrun => " No size of a value is in the protocol: the library relies on the buffer. Behind the block is another one, and "
                + "nobody notices.",
            _ => " The library moves no more bytes than the program has allocated.",
        };
    }
}
