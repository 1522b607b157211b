using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.Tool.Explain;

/// <summary>What <c>explain</c> knows of one errno, check, result, NTSTATUS or Win32 error.</summary>
/// <param name="Kind">What it is: <c>errno</c>, <c>check</c>, <c>result</c>, <c>status</c>, <c>win32</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Number">Its number as people quote it.</param>
/// <param name="Meaning">What it says, in a sentence or two.</param>
internal sealed record Explanation(string Kind, string Name, string Number, string Meaning)
{
    /// <summary>The errno that a program sees; null where it is no failure.</summary>
    public Errno? Errno { get; init; }

    /// <summary>The results that lead to it or that it stands for, and how they travel.</summary>
    public IReadOnlyList<ResultRoute> Results { get; init; } = [];

    /// <summary>Statuses that stand for no result and lead to it all the same.</summary>
    public IReadOnlyList<ResultRoute> Statuses { get; init; } = [];

    /// <summary>The checks whose refusal leads to it.</summary>
    public IReadOnlyList<Check> Checks { get; init; } = [];

    /// <summary>The ways to it that are no checks.</summary>
    public IReadOnlyList<Outcome> Outcomes { get; init; } = [];
}
