using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis;

/// <summary>One row of the boundary ledger: something crossed, moved, was compared, or could not be reached.</summary>
/// <param name="Kind">Which of these.</param>
/// <param name="Stage">The copy's stage, the check's id, or the operation.</param>
/// <param name="Element">Which element of the batch; -1: not of one element.</param>
/// <param name="Slot">Which CPU's slot; -1: not of one slot.</param>
/// <param name="Source">Address read from; 0 where nothing was read.</param>
/// <param name="Destination">Address written to; 0 where nothing was written.</param>
/// <param name="Bytes">Bytes moved, or wanted by the access that failed; for crossings the length of the message.</param>
/// <param name="Event">The event that says so.</param>
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
