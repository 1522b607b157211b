using KernelSim.Debugger.Structures;
using KernelSim.Nt.Ke;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Failures;
using KernelSim.TraceAnalysis.Wording;

namespace KernelSim.Debugger.Analysis;

/// <summary>
/// A process was ended by an access violation. The flight recorder has the newest; from it, the process's map and the library's copy give two of the
/// three witnesses. A trace has all three.
/// </summary>
internal sealed class FaultDiagnosis : IDiagnosis
{
    // In the id of a check that compares the size of a value, such as api.update.value_size.
    private const string Value = "value";

    /// <inheritdoc/>
    public Verdict? Examine(Evidence evidence)
    {
        FlightEntry? record = evidence.Newest(FlightKind.AccessViolation, r => r.Numbers[2] != 0);
        EndedProcessView? ended = evidence.Ended.LastOrDefault(p => p.Fault is not null && (record is null || p.Id == record.Process))
            ?? evidence.Ended.LastOrDefault(p => p.Fault is not null);
        if (ended?.Fault is not { } fault)
        {
            return null;
        }

        ulong? request = record is { Request: not 0 } && record.Process == ended.Id ? record.Request : null;
        Verdict verdict = request is { } id && evidence.Trace.Story(id) is { Kind: FailureKind.Fault } story
            ? FromTrace(story, ended)
            : FromRecorder(evidence, ended, fault, request);
        return verdict with { Time = record is null ? 0 : evidence.TimeOf(record) };
    }

    private static Verdict FromTrace(FailureStory story, EndedProcessView ended) =>
        new(
            Causes.Fault,
            $"Process {ended.Id} ({ended.Name}) was ended by an access violation. {WhyWords.Why(story)} "
            + WhyWords.Where(story.Fault!, story.Request))
        {
            Request = story.Request.Id,
            Check = story.Check,
            Given = story.Fault!.Buffer?.Bytes,
            Expected = NeededBy(story),
            Fix = WhyWords.Fix(story),
            Witnesses = story.Request.Witnesses.All,
            Next = [$"!request {story.Request.Id}", $"!process {ended.Id}"],
        };

    /// <summary>The bytes that the buffer should have had; null if the trace does not tell.</summary>
    private static long? NeededBy(FailureStory story) => story switch
    {
        { Fault.Buffer: null } => null,
        { Fault.Buffer.What: "values", Request: { Witnesses.Library.Total: { } bytes, Start: { Count: > 0 } start } } => start.Count * bytes,
        _ => story.Fault!.Offset + story.Fault.Event.Length,
    };

    private static Verdict FromRecorder(Evidence evidence, EndedProcessView ended, AccessViolation fault, ulong? request)
    {
        Check? missing = SiteChecks.Find(fault.Site);
        long touchable = (long)(fault.Address - fault.Start);
        string nobody = missing is null
            ? ""
            : $" Nobody had compared the buffer with what the call touches; the checked library does, as {missing.Code} {missing.Id}.";
        string allowed = $"Of the {fault.Length} bytes only the first {touchable} may be touched.";
        return new Verdict(Causes.Fault, $"Process {ended.Id} ({ended.Name}) was ended by an {fault}. {allowed}{nobody}")
        {
            Request = request,
            Check = missing,
            Given = touchable,
            Expected = fault.Length,
            Fix = missing?.Fix ?? "Allocate what the call at that site reads or writes. The process's memory went with it: kernelsim trace collect "
                + "records a run with the application's buffers.",
            Witnesses = missing?.Id.Contains(Value, StringComparison.Ordinal) != true ? [] : WitnessesOf(evidence, ended, fault, request),
            Next = [.. request is null ? Array.Empty<string>() : [$"!request {request}"], $"!process {ended.Id}", "!maps"],
        };
    }

    private static IReadOnlyList<Witness> WitnessesOf(Evidence evidence, EndedProcessView ended, AccessViolation fault, ulong? request)
    {
        // The map that the process's last request before was about.
        FlightEntry? last = evidence.Newest(
            FlightKind.IoctlCompleted, r => r.Process == ended.Id && r.Object != 0 && (request is null || r.Request <= request));
        return
        [
            new Witness(Party.Library, null, null, fault.Length, request ?? 0, $"copied {fault.Length} bytes at {fault.Site}"),
            last is null ? KernelWitness.Unknown : KernelWitness.Of(evidence, last.Object),
        ];
    }
}
