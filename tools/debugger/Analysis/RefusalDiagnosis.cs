using System.Globalization;
using KernelSim.Nt.Ke;
using KernelSim.Protocol.Checks;
using KernelSim.TraceAnalysis.Failures;
using KernelSim.TraceAnalysis.Wording;

namespace KernelSim.Debugger.Analysis;

/// <summary>
/// A check refused a request: the newest one, by the flight recorder, or by the trace if that has a later one. Only a trace has what the user library
/// refuses.
/// </summary>
internal sealed class RefusalDiagnosis : IDiagnosis
{
    // In the id of a check that compares sizes, such as map.find.value_size.
    private const string SizeWord = "size";

    /// <inheritdoc/>
    public Verdict? Examine(Evidence evidence)
    {
        FlightEntry? refusal = evidence.Newest(FlightKind.Refusal);
        ulong? traced = evidence.Trace.LastFailed();
        return traced is { } id && (refusal is null || id >= refusal.Request) && evidence.Trace.Story(id) is { Kind: FailureKind.Refused } story
            ? FromTrace(story)
            : refusal is not null ? FromRecorder(evidence, refusal)
            : null;
    }

    private static Verdict FromTrace(FailureStory story) => new(Causes.Refusal, $"{WhyWords.Call(story)}: {WhyWords.Why(story)}")
    {
        Request = story.Request.Id,
        Time = story.Request.Id,
        Check = story.Check,
        Given = story.Request.RefusedCheck?.Given,
        Expected = story.Request.RefusedCheck?.Expected,
        Fix = WhyWords.Fix(story),
        Witnesses = [.. story.Request.Witnesses.All.Where(w => w.Total is not null)],
        Next = [$"!request {story.Request.Id}"],
    };

    private static Verdict FromRecorder(Evidence evidence, FlightEntry refusal)
    {
        (long given, long expected, uint mapId) = (refusal.Numbers[0], refusal.Numbers[1], refusal.Object);
        Check? check = CheckTable.Find((int)refusal.Code);
        string operation = OperationOf(evidence, refusal);
        string why = check is null
            ? string.Create(CultureInfo.InvariantCulture, $"check {refusal.Code} refused: {given} given, expected {expected}")
            : $"{check.Code} {check.Id} refused{ElementOf(evidence, refusal)}: {check.Text} {check.Describe(given, expected)}"
                + (check.Formula.Length > 0 ? $": {check.Formula}" : "");
        return new Verdict(
            Causes.Refusal,
            $"Request {refusal.Request} of process {refusal.Process}, {operation}, ended with {refusal.Status.Name}"
            + $"{(check is EbpfCheck known ? $", which the library returns as {known.ErrnoName}" : "")}. {why}.")
        {
            Request = refusal.Request,
            Time = evidence.TimeOf(refusal),
            Check = check,
            Given = given,
            Expected = expected,
            Fix = check?.Fix,
            Witnesses = mapId != 0 && check?.Id.Contains(SizeWord, StringComparison.Ordinal) == true ? [KernelWitness.Of(evidence, mapId)] : [],
            Next = [$"!request {refusal.Request}", .. mapId != 0 ? [$"!map {mapId}"] : Array.Empty<string>()],
        };
    }

    private static string OperationOf(Evidence evidence, FlightEntry refusal)
    {
        // The refused control request is recorded after what refused it; its call may have sent others before.
        FlightEntry? ended = evidence.Records
            .SkipWhile(r => r != refusal)
            .FirstOrDefault(r => r.Request == refusal.Request && r.Kind is FlightKind.IoctlCompleted or FlightKind.Ioctl);
        return ended is null ? "a request" : ended.Text.Split(' ', ':')[0];
    }

    private static string ElementOf(Evidence evidence, FlightEntry refusal)
    {
        FlightEntry? element = evidence.Records.LastOrDefault(r => r.Request == refusal.Request && r.Kind == FlightKind.RefusedElement);
        return element is not null ? string.Create(CultureInfo.InvariantCulture, $" at element {element.Numbers[0]} of {element.Numbers[1]}")
            : refusal.Numbers[2] >= 0 ? string.Create(CultureInfo.InvariantCulture, $" at element {refusal.Numbers[2]}")
            : "";
    }
}
