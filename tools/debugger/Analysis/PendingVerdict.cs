using KernelSim.Debugger.Stores;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Analysis;

/// <summary>The verdict about a pending request: what it waits for, as far as its driver's structures say.</summary>
internal static class PendingVerdict
{
    public static Verdict Of(Evidence evidence, IrpView irp, string who)
    {
        string driver = irp.File?.Device?.Driver.Name ?? "a driver that is unknown";
        string what = $"Request {irp.RequestId} of process {irp.ProcessId}, {evidence.OperationOf(irp)}, is pending in {driver}.";
        (string waits, string fix, string[] next) = evidence.RingOf(irp) is { } found
            ? (WaitsFor(evidence, found.Map, found.Ring),
                $"Write a record to map {found.Map.Id}, or cancel the request: NtCancelIoFile, or end its process.",
                new[] { $"!ring {found.Map.Id}" })
            : (irp.CancelRoutine is { } routine ? $" Its cancel routine is {routine}." : " It has no cancel routine.",
                $"{driver} must complete it, or the process cancel it: see what in the driver should call CompleteRequest.",
                Array.Empty<string>());
        int more = evidence.Pending.Count - 1;
        string others = more > 0 ? $" {more} more {(more == 1 ? "is" : "are")} pending." : "";
        return new Verdict(Causes.Hang, $"{what} {who}{waits}{others}")
        {
            Request = irp.RequestId,
            Fix = fix,
            Next = [$"!irp 0x{irp.Object.Address:x}", $"!request {irp.RequestId}", .. next, "!running"],
        };
    }

    private static string WaitsFor(Evidence evidence, MapView map, RingView ring)
    {
        RingReader reader = evidence.ReaderOf(ring);
        string state = reader.Consumer == reader.Producer ? ", which is empty" : "";
        return $" It waits for a record in ring {ring.Index} of map {map.Id} '{map.Name}'{state}.";
    }
}
