using KernelSim.Protocol.Gate;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.Tracing;

namespace KernelSim.Tool.Tour.Facts;

/// <summary>One batch call of the story: the application's view, and the trace of it.</summary>
internal sealed record CallFacts
{
    /// <summary>The function, in its C spelling.</summary>
    public required string Function { get; init; }

    /// <summary>True for the update, false for the lookup.</summary>
    public bool IsUpdate => Function == "bpf_map_update_batch";

    /// <summary>The process that made it.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The heap mode of that process.</summary>
    public required HeapMode Heap { get; init; }

    /// <summary>Number of elements requested.</summary>
    public required int Count { get; init; }

    /// <summary>Size of one element's value in bytes, as the application counts it.</summary>
    public required int ValueBytes { get; init; }

    /// <summary>The return value; null if the process crashed.</summary>
    public required int? Result { get; init; }

    /// <summary>Number of elements done, as the application reads it from its count afterwards.</summary>
    public required int? CountAfter { get; init; }

    /// <summary>The application's blocks, by address: keys, values, and the blocks that follow them.</summary>
    public required IReadOnlyList<BlockFacts> Blocks { get; init; }

    /// <summary>The fault that ended the process; null if there was none.</summary>
    public required AccessViolation? Fault { get; init; }

    /// <summary>The intended contents of the map: what the program counted and what the application meant to write.</summary>
    public required IReadOnlyList<FlowFacts> Meant { get; init; }

    /// <summary>The contents of the map after the call, as a program sees them; null if the process and with it the map had ended.</summary>
    public required IReadOnlyList<FlowFacts>? Held { get; init; }

    /// <summary>The call in the recorded trace.</summary>
    public required RequestView Request { get; init; }

    /// <summary>The block of the values.</summary>
    public BlockFacts Values => Blocks.Single(b => b.Name == "values");

    /// <summary>The block of the keys.</summary>
    public BlockFacts Keys => Blocks.Single(b => b.Name == "keys");

    /// <summary>
    /// The copies in which the library read values from the application (an update) or wrote them to it (a lookup), from the trace.
    /// The keys precede the values, so a copy of a value, however far it strays, is not taken for one of a key.
    /// </summary>
    public IEnumerable<CopyEvent> ValueCopies =>
        Request.Copies.Where(c => c.Stage == (IsUpdate ? CopyStage.Marshal : CopyStage.Unmarshal) && c.Element >= 0
            && (IsUpdate ? c.Source : c.Destination) >= Values.Address);

    /// <summary>The outcome of the call.</summary>
    public CallEnding Ending =>
        Fault is not null || Result is null ? CallEnding.Crashed
        : Result != 0 ? CallEnding.Refused
        : IsRight ? CallEnding.Right
        : CallEnding.SilentlyWrong;

    /// <summary>What the application reads from its buffers after a lookup, with values of the size that it assumes.</summary>
    public IEnumerable<(uint Port, byte[] Value)> Records()
    {
        if (Keys.After is not { } keys || Values.After is not { } values || CountAfter is not { } count)
        {
            yield break;
        }

        for (int i = 0; i < count && (i + 1) * ValueBytes <= values.Length && (i + 1) * sizeof(uint) <= keys.Length; i++)
        {
            yield return (BitConverter.ToUInt32(keys, i * sizeof(uint)), values[(i * ValueBytes)..((i + 1) * ValueBytes)]);
        }
    }

    private bool IsRight => Neighbours.All(b => !b.Changed) && (IsUpdate ? HoldsWhatWasMeant : HandedBackWhatWasMeant);

    private IEnumerable<BlockFacts> Neighbours => Blocks.Where(b => b.Name is not ("values" or "keys"));

    private bool HoldsWhatWasMeant => Held is not null && FlowFacts.Contains(Held, Meant);

    private bool HandedBackWhatWasMeant =>
        CountAfter == Meant.Count
        && FlowFacts.Contains([.. Records().Select(r => new FlowFacts(r.Port, Layout.Decode(r.Value, Meant[0].PerCpu.Count)))], Meant);
}
