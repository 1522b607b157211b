using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.TraceAnalysis.Wording;

namespace KernelSim.LabScripts.Explain;

/// <summary>The explanation of one errno, check, result, NTSTATUS or Win32 error.</summary>
/// <param name="Kind">The kind of word: <c>errno</c>, <c>check</c>, <c>result</c>, <c>status</c>, <c>win32</c>.</param>
/// <param name="Name">Name of the errno, check, result or status.</param>
/// <param name="Number">Its number, as displayed.</param>
/// <param name="Meaning">Its meaning, in a sentence or two.</param>
internal sealed record Explanation(string Kind, string Name, string Number, string Meaning)
{
    /// <summary>The errno that a program sees; null if it is not a failure.</summary>
    public Errno? Errno { get; init; }

    /// <summary>The results that lead to it or that it stands for, with their routes.</summary>
    public IReadOnlyList<ResultRoute> Results { get; init; } = [];

    /// <summary>Statuses that stand for no result but lead to it.</summary>
    public IReadOnlyList<ResultRoute> Statuses { get; init; } = [];

    /// <summary>The checks whose refusal leads to it.</summary>
    public IReadOnlyList<Check> Checks { get; init; } = [];

    /// <summary>What its number is besides: names of other kinds.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>The ways to it that are no checks.</summary>
    public IReadOnlyList<Outcome> Outcomes { get; init; } = [];
}
