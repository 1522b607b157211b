using System.Collections.Frozen;
using System.Globalization;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Tracing;

namespace KernelSim.Nt.Ke;

/// <summary>The system's kinds of records: for each its name, and its text, which also says what the kind's numbers are.</summary>
public static class FlightKindTable
{
    /// <summary>All kinds of the system.</summary>
    public static IReadOnlyList<FlightWording> All { get; } =
    [
        new(FlightKind.Call, "call", static (e, _) => $"{CallOf(e)}{Of(e)}{(e.Numbers[0] == 0 ? "" : $": 0x{e.Numbers[0]:x}")}"),
        new(FlightKind.CallFailed, "call_failed", static (e, _) => $"{CallOf(e)}{Of(e)} → {e.Status.Name}"),
        new(FlightKind.Ioctl, "ioctl", static (e, names) => $"{IoctlOf(e, names)}; not completed when the machine stopped"),
        new(FlightKind.IoctlCompleted, "completed", Completed),
        new(FlightKind.Refusal, "refusal", Refusal),
        new(FlightKind.RefusedElement, "refusal_element", static (e, _) => Invariant($"at element {e.Numbers[0]} of {e.Numbers[1]}")),
        new(FlightKind.IrpPending, "pending", static (e, names) => $"{names.OperationOf(e)}{Of(e)} → STATUS_PENDING"),
        new(FlightKind.IrpCancel, "cancel", static (e, names) => $"{names.OperationOf(e)}{Of(e)}"),
        new(FlightKind.AccessViolation, "access_violation", static (e, _) => Invariant(
            $"{AccessOf(e)} of {e.Numbers[1]} bytes at 0x{e.Numbers[0]:x}{Of(e)}{(e.Numbers[2] == 0 ? ", by the kernel" : ", unhandled")}")),
        new(FlightKind.ProcessStart, "process_start", static (e, _) => $"{e.NameInNumbers()}{Of(e)}"),
        new(FlightKind.ProcessExit, "process_exit", static (e, _) => $"{e.NameInNumbers()}{Of(e)} → {e.Status.Name}"),
        new(FlightKind.DriverLoad, "driver_load", static (e, _) => $"{e.NameInNumbers()} → {e.Status.Name}"),
        new(FlightKind.DriverUnload, "driver_unload", static (e, _) => $"{e.NameInNumbers()} → {e.Status.Name}"),
        new(FlightKind.Bugcheck, "bugcheck", static (e, _) => Invariant(
            $"{BugcheckCodeNames.FullNameOf((BugcheckCode)e.Code)}: {string.Join(", ", e.Numbers.Select(n => $"0x{n:x}"))}")),
        new(FlightKind.IrqlRaise, "irql_raise", static (e, _) => $"{LevelOf(e.Numbers[0])} → {LevelOf(e.Numbers[1])}"),
        new(FlightKind.IrqlLower, "irql_lower", static (e, _) => $"{LevelOf(e.Numbers[0])} → {LevelOf(e.Numbers[1])}"),
    ];

    private static readonly FrozenDictionary<FlightKind, FlightWording> s_byKind = All.ToFrozenDictionary(w => w.Kind);

    /// <summary>The wording of one of the system's kinds; null for another.</summary>
    public static FlightWording? Find(FlightKind kind) => s_byKind.GetValueOrDefault(kind);

    private static string Completed(FlightEntry entry, FlightNameBook names)
    {
        FlightOutcome outcome = new(entry);
        string about = outcome.Object == 0 ? "" : Invariant($", object {outcome.Object}");
        string copies = string.Concat(
            Stage(CopyStage.BufferIn, outcome.BufferIn),
            Stage(CopyStage.MapStore, outcome.MapStore),
            Stage(CopyStage.MapFetch, outcome.MapFetch),
            Stage(CopyStage.BufferOut, outcome.BufferOut));
        return Invariant(
            $"{IoctlOf(entry, names)} → {entry.Status.Name}, {outcome.Information} bytes{about}; copied{Or(copies, " nothing")}");
    }

    private static string IoctlOf(FlightEntry entry, FlightNameBook names)
    {
        FlightOutcome lengths = new(entry);
        return Invariant($"{names.OperationOf(entry)}{Of(entry)}: {lengths.InputLength} bytes in, {lengths.OutputLength} bytes out");
    }

    private static string Stage(string name, uint bytes) => bytes == 0 ? "" : Invariant($" {name} {bytes}");

    private static string Or(string text, string otherwise) => text.Length == 0 ? otherwise : text;

    private static string Refusal(FlightEntry entry, FlightNameBook names)
    {
        (long given, long expected, long element) = (entry.Numbers[0], entry.Numbers[1], entry.Numbers[2]);
        string at = element < 0 ? "" : Invariant($" at element {element}");
        return names.CheckOf((int)entry.Code) is { } check
            ? $"{check.Id} ({check.Code}) refused{Of(entry)}{at}: {check.Describe(given, expected)} → {entry.Status.Name}"
            : Invariant($"check {entry.Code} refused{Of(entry)}{at}: {given} given, expected {expected} → {entry.Status.Name}");
    }

    private static string CallOf(FlightEntry entry) => ((SystemCallNumber)entry.Code).ToString();

    private static string AccessOf(FlightEntry entry) => (MemoryAccess)entry.Code == MemoryAccess.Write ? "write" : "read";

    private static string LevelOf(long level) => IrqlNames.NameOf((Irql)level);

    private static string Of(FlightEntry entry) => entry.Process == 0 ? "" : Invariant($" pid {entry.Process}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
