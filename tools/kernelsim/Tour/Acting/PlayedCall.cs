using KernelSim.Protocol.Gate;
using KernelSim.Tool.Tour.Facts;
using KernelSim.TraceAnalysis;

namespace KernelSim.Tool.Tour.Acting;

/// <summary>A batch call as the application saw it, before the trace of it has been read.</summary>
internal sealed record PlayedCall
{
    /// <inheritdoc cref="CallFacts.Function"/>
    public required string Function { get; init; }

    /// <inheritdoc cref="CallFacts.ProcessId"/>
    public required int ProcessId { get; init; }

    /// <inheritdoc cref="CallFacts.Heap"/>
    public required HeapMode Heap { get; init; }

    /// <inheritdoc cref="CallFacts.ValueBytes"/>
    public required int ValueBytes { get; init; }

    /// <inheritdoc cref="CallFacts.Meant"/>
    public required IReadOnlyList<FlowFacts> Meant { get; init; }

    /// <inheritdoc cref="CallFacts.Result"/>
    public required int? Result { get; init; }

    /// <inheritdoc cref="CallFacts.Fault"/>
    public required AccessViolation? Fault { get; init; }

    /// <inheritdoc cref="CallFacts.CountAfter"/>
    public required int? CountAfter { get; init; }

    /// <inheritdoc cref="CallFacts.Blocks"/>
    public required IReadOnlyList<BlockFacts> Blocks { get; init; }

    /// <inheritdoc cref="CallFacts.Held"/>
    public IReadOnlyList<FlowFacts>? Held { get; init; }

    /// <summary>True if the call succeeded but the map does not hold what was intended.</summary>
    public bool HasSpoiltTheMap => Result == 0 && Held is not null && !FlowFacts.Contains(Held, Meant);

    /// <summary>The complete facts, once the trace has been read.</summary>
    public CallFacts With(RequestView request) => new()
    {
        Function = Function,
        ProcessId = ProcessId,
        Heap = Heap,
        Count = Meant.Count,
        ValueBytes = ValueBytes,
        Meant = Meant,
        Result = Result,
        Fault = Fault,
        CountAfter = CountAfter,
        Blocks = Blocks,
        Held = Held,
        Request = request,
    };
}
