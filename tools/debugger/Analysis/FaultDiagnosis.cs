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
    private const string LibrarySite = "library:";

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
        return request is { } id && evidence.Trace.Story(id) is { Kind: FailureKind.Fault } story
            ? FromTrace(story, ended)
            : FromRecorder(evidence, ended, fault, request);
    }

    private static Verdict FromTrace(FailureStory story, EndedProcessView ended) =>
        new(
            Causes.Fault,
            $"Process {ended.Id} ({ended.Name}) was ended by an access violation. {WhyWords.Why(story)} "
            + WhyWords.Where(story.Fault!, story.Request))
        {
            Request = story.Request.Id,
            Check = story.Check,
            Fix = WhyWords.Fix(story),
            Witnesses = story.Request.Witnesses.All,
            Next = [$"!request {story.Request.Id}", $"!process {ended.Id}"],
        };

    private static Verdict FromRecorder(Evidence evidence, EndedProcessView ended, AccessViolation fault, ulong? request)
    {
        Check? missing = fault.Site.StartsWith(LibrarySite, StringComparison.Ordinal)
            ? CheckTable.Find($"api.{fault.Site[LibrarySite.Length..]}_size")
            : null;
        string nobody = missing is null
            ? ""
            : $" Nobody had compared the buffer with what the call touches; the checked library does, as {missing.Code} {missing.Id}.";
        string allowed = $"Of the {fault.Length} bytes only the first {fault.Address - fault.Start} may be touched.";
        return new Verdict(Causes.Fault, $"Process {ended.Id} ({ended.Name}) was ended by an {fault}. {allowed}{nobody}")
        {
            Request = request,
            Check = missing,
            Fix = missing?.Fix ?? "Allocate what the call at that site reads or writes: !vad and !address show a process's memory.",
            Witnesses = missing is null ? [] : WitnessesOf(evidence, ended, fault, request),
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
