using KernelSim.Protocol.Checks;
using KernelSim.TraceAnalysis;

namespace KernelSim.Debugger.Analysis;

/// <summary>Why a machine stopped, hangs or refuses.</summary>
/// <param name="Cause">One of <see cref="Causes"/>.</param>
/// <param name="Summary">What happened, in a sentence or two.</param>
internal sealed record Verdict(string Cause, string Summary)
{
    /// <summary>Id of the request that it is about; null if it is about none.</summary>
    public ulong? Request { get; init; }

    /// <summary>The id of the newest request when it happened, by which verdicts of what is past are put in order.</summary>
    public ulong Time { get; init; }

    /// <summary>The check that refused, or that would have.</summary>
    public Check? Check { get; init; }

    public long? Given { get; init; }

    public long? Expected { get; init; }

    /// <summary>Name of the stop code.</summary>
    public string? Bugcheck { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Fix { get; init; }

    /// <summary>Commands that show more.</summary>
    public IReadOnlyList<string> Next { get; init; } = [];

    /// <summary>What application, library and kernel each took for the size of a value, as far as known.</summary>
    public IReadOnlyList<Witness> Witnesses { get; init; } = [];
}

/// <summary>The causes that <c>!analyze</c> tells apart.</summary>
internal static class Causes
{
    public const string Bugcheck = "bugcheck";
    public const string Fault = "fault";
    public const string Hang = "hang";
    public const string Refusal = "refusal";
    public const string Running = "running";
    public const string None = "none";
}
