using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis;

/// <summary>One row of the boundary ledger: a crossing, a copy, a comparison or a fault.</summary>
/// <param name="Kind">The kind of row.</param>
/// <param name="Stage">The copy's stage, the check's id, or the operation.</param>
/// <param name="Element">Index of the element in the batch; -1 if it is not about one element.</param>
/// <param name="Slot">The CPU whose slot it is; -1 if it is not about one slot.</param>
/// <param name="Source">Address read from; 0 if nothing was read.</param>
/// <param name="Destination">Address written to; 0 if nothing was written.</param>
/// <param name="Bytes">Bytes copied, or requested by the failed access; for crossings the length of the message.</param>
/// <param name="Event">The event that the row comes from.</param>
public sealed record LedgerRow(
    LedgerKind Kind, string Stage, long Element, int Slot, ulong Source, ulong Destination, long Bytes, TracedEvent Event)
{
    internal static IReadOnlyList<LedgerRow> Build(IReadOnlyList<TracedEvent> events) => [.. events.Select(From).OfType<LedgerRow>()];

    private static LedgerRow? From(TracedEvent e) => e switch
    {
        CopyEvent c => new LedgerRow(LedgerKind.Copy, c.Stage, c.Element, c.Slot, c.Source, c.Destination, c.Bytes, c),
        SizeCheckEvent { Passed: true } c => new LedgerRow(LedgerKind.Check, c.Check, -1, -1, 0, 0, 0, c),
        SizeCheckEvent c => new LedgerRow(LedgerKind.Refusal, c.Check, -1, -1, 0, 0, 0, c),
        AccessViolationEvent { IsWrite: true } f => new LedgerRow(LedgerKind.Fault, f.Site, -1, -1, 0, f.Address, f.Length, f),
        AccessViolationEvent f => new LedgerRow(LedgerKind.Fault, f.Site, -1, -1, f.Address, 0, f.Length, f),
        IoctlStartEvent i => new LedgerRow(LedgerKind.Crossing, i.Operation, -1, -1, 0, 0, i.InputLength, i),
        IoctlStopEvent i => new LedgerRow(LedgerKind.Return, i.Operation, -1, -1, 0, 0, i.Information, i),
        _ => null,
    };
}
