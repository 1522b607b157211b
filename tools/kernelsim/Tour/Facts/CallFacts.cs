using KernelSim.Protocol.Gate;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.Tracing;

namespace KernelSim.Tool.Tour.Facts;

/// <summary>One batch call of the story: what the application saw of it, and what the trace says of it.</summary>
internal sealed record CallFacts
{
    /// <summary>The function, in its C spelling.</summary>
    public required string Function { get; init; }

    /// <summary>True for the update, false for the lookup.</summary>
    public bool IsUpdate => Function == "bpf_map_update_batch";

    /// <summary>The process that made it.</summary>
    public required int ProcessId { get; init; }

    /// <summary>How that process's heap lays out blocks.</summary>
    public required HeapMode Heap { get; init; }

    /// <summary>Elements asked for.</summary>
    public required int Count { get; init; }

    /// <summary>Bytes of one element's value, as the application counts them.</summary>
    public required int ValueBytes { get; init; }

    /// <summary>What it returned; null when the process did not live to see it.</summary>
    public required int? Result { get; init; }

    /// <summary>Elements done, as the application reads it from its count afterwards.</summary>
    public required int? CountAfter { get; init; }

    /// <summary>The application's blocks, by address: keys, values, and what happened to lie behind them.</summary>
    public required IReadOnlyList<BlockFacts> Blocks { get; init; }

    /// <summary>The fault that ended the process; null when none did.</summary>
    public required AccessViolation? Fault { get; init; }

    /// <summary>What the map should hold: what the program counted and what the application meant to write.</summary>
    public required IReadOnlyList<FlowFacts> Meant { get; init; }

    /// <summary>What the map held after the call, asked as a program asks; null when the process and with it the map had ended.</summary>
    public required IReadOnlyList<FlowFacts>? Held { get; init; }

    /// <summary>The call in the recorded trace.</summary>
    public required RequestView Request { get; init; }

    /// <summary>The block of the values.</summary>
    public BlockFacts Values => Blocks.Single(b => b.Name == "values");

    /// <summary>The block of the keys.</summary>
    public BlockFacts Keys => Blocks.Single(b => b.Name == "keys");

    /// <summary>
    /// The copies with which the library read values from the application (an update) or wrote them to it (a lookup), from the trace.
    /// The keys lie before the values, so that no copy of a value, however far it strays, is taken for one of a key.
    /// </summary>
    public IEnumerable<CopyEvent> ValueCopies =>
        Request.Copies.Where(c => c.Stage == (IsUpdate ? CopyStage.Marshal : CopyStage.Unmarshal) && c.Element >= 0
            && (IsUpdate ? c.Source : c.Destination) >= Values.Address);

    /// <summary>How it ended.</summary>
    public CallEnding Ending =>
        Fault is not null || Result is null ? CallEnding.Crashed
        : Result != 0 ? CallEnding.Refused
        : IsRight ? CallEnding.Right
        : CallEnding.SilentlyWrong;

    /// <summary>What the application reads from its buffers after a lookup, each value cut as long as it believes values to be.</summary>
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
