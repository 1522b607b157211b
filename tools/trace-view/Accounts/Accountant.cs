using System.Globalization;
using KernelSim.Protocol.Checks;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceView.Accounts;

/// <summary>Explains a request in words for readers who do not know the sources.</summary>
internal static class Accountant
{
    private const string Unknown =
        "Whether a check gave it is unknown: the recording shows no refusals, or lacks events; the profile default records them.";

    /// <summary>The account of a request.</summary>
    public static Account Of(RequestView request)
    {
        Witnesses? witnesses = HasTestimony(request) ? request.Witnesses : null;
        Attempt? attempt = Attempt.Of(request);
        Severity severity = SeverityOf(request, witnesses);
        return new Account(
            request,
            severity,
            Verdict(request, severity, attempt, witnesses),
            [.. Reasons(severity, witnesses)],
            Fix(request, severity, witnesses),
            severity is Severity.None or Severity.Suspect ? [] : ErrorChain.Of(request),
            witnesses,
            attempt);
    }

    private static bool HasTestimony(RequestView request) =>
        request.Events.Any(e => e is BatchLayoutEvent or ApplicationBufferEvent { What: "values" });

    private static Severity SeverityOf(RequestView request, Witnesses? witnesses) =>
        request.Fault is not null || Bugcheck(request) is not null ? Severity.Fault
        : request.Refusal is not null && request.Stop is not { Result: >= 0 } ? Severity.Refused
        : request.Stop is { Result: < 0 } ? Severity.Answered
        : request.Stop is null && request.Ioctls.Any(i => i.Stop is { Status: not "STATUS_SUCCESS" }) ? Severity.Answered
        : witnesses?.FirstDisagreement is not null ? Severity.Suspect
        : Severity.None;

    /// <summary>Whether the trace would show a refusal: one that it does not show did not happen.</summary>
    public static bool KnowsRefusals(RequestView request) => request.Coverage.HasRefusals && request.IsOfWholeTrace;

    private static TracedEvent? Bugcheck(RequestView request) => request.Events.FirstOrDefault(e => e.Header.Name == "Bugcheck");

    private static string Verdict(RequestView request, Severity severity, Attempt? attempt, Witnesses? witnesses) => severity switch
    {
        Severity.Fault when Bugcheck(request) is { } stop => $"{Subject(request)} stopped the machine: {stop.Header.Payload.Text("text")}",
        Severity.Fault => FaultVerdict(request, attempt!),
        Severity.Refused => RefusedVerdict(request),
        Severity.Suspect => SuspectVerdict(request, witnesses!),
        Severity.Answered => $"{Subject(request)} answered {Outcome(request)}: {Meaning(request)}",
        _ => string.Empty,
    };

    private static string FaultVerdict(RequestView request, Attempt attempt)
    {
        string did = attempt.IsWrite ? "write" : "read";
        string copy = $"a {did} of {Of(attempt.Bytes, "byte")} at {Hex(attempt.Start)}";
        return attempt.What.Length == 0
            ? $"{Subject(request)} ended in an access violation: {copy} met memory that the process may not {did}."
            : attempt.Beyond == 0
            ? $"{Subject(request)} ended in an access violation: {copy} met memory inside the application's {attempt.What} buffer that the " +
            $"process may not {did}."
            : $"{Subject(request)} ended in an access violation: {copy}{Element(attempt)} runs {Of(attempt.Beyond, "byte")} past the end of the " +
            $"application's {attempt.What} buffer of {Of(attempt.BufferBytes, "byte")}.";
    }

    private static string Element(Attempt attempt) => attempt.Element < 0 ? string.Empty : $", for element {N(attempt.Element)},";

    private static string RefusedVerdict(RequestView request)
    {
        string id = request.Refusal!.Check;
        string name = CheckTable.Find(id) is { } check ? $"{check.Code} {id}" : id;
        string compared = request.RefusedCheck is { } numbers ? $": {numbers.Describe(n => N(n))}" : string.Empty;
        string moved = request.Copies.Any() || !request.Coverage.HasCopies || !request.IsOfWholeTrace ? string.Empty : " Not one byte had moved.";
        return $"{Subject(request)} was refused with {Outcome(request)} by check {name}{compared}.{moved}";
    }

    private static string SuspectVerdict(RequestView request, Witnesses witnesses)
    {
        (Witness left, Witness right) = witnesses.FirstDisagreement!.Value;
        string harm = left.Party == Party.Library
            ? "the bytes were cut at the wrong places, and nobody noticed"
            : "memory outside the application's buffer was touched, and nothing stopped it";
        return right.Total < left.Total && left.Party == Party.Application
            ? $"{Subject(request)} returned 0; the application made more room than is needed ({N(left.Total ?? 0)} bytes a value, " +
            $"{N(right.Total ?? 0)} used)."
            : $"{Subject(request)} returned 0, and is wrong all the same: {Name(left.Party)} counts {N(left.Total ?? 0)} bytes a value, " +
            $"{Name(right.Party)} {N(right.Total ?? 0)}, so that {harm}.";
    }

    private static IEnumerable<string> Reasons(Severity severity, Witnesses? witnesses)
    {
        if (severity is (Severity.Fault or Severity.Suspect) && witnesses?.FirstDisagreement is { } conflict)
        {
            yield return $"The first to disagree are {Name(conflict.Left.Party)} ({conflict.Left.Basis}) and " +
                $"{Name(conflict.Right.Party)} ({conflict.Right.Basis}).";
        }
    }

    private static string Fix(RequestView request, Severity severity, Witnesses? witnesses)
    {
        if (request.Refusal is { } refusal && severity == Severity.Refused && CheckTable.Find(refusal.Check) is { } check)
        {
            return check.Fix;
        }

        if (severity is not (Severity.Fault or Severity.Suspect) || (witnesses?.Kernel.Total ?? witnesses?.Library.Total) is not { } needed)
        {
            return string.Empty;
        }

        long count = request.Start?.Count ?? 0;
        string library = witnesses!.Library.Total is { } counted && counted != needed
            ? $"Use a library that counts {N(needed)} bytes a value, as the kernel does. "
            : string.Empty;
        string application = witnesses.Application.Total is { } room && room < needed
            ? "Allocate count × pad8(value_size) × libbpf_num_possible_cpus() bytes for the values: " +
            $"{N(count)} × {N(needed)} = {N(count * needed)}."
            : string.Empty;
        return (library + application).TrimEnd();
    }

    private static string Meaning(RequestView request) =>
        request.Ioctls.LastOrDefault(i => i.Stop is { Status: not "STATUS_SUCCESS" }) is { } failed
            ? $"{failed.Start.Operation} came back with {failed.Stop!.Status}" +
            (KnowsRefusals(request) ? ", which no check of sizes gave." : $". {Unknown}")
            : KnowsRefusals(request) ? "no check of sizes gave it." : Unknown;

    private static string Subject(RequestView request) =>
        request.Start?.Function
        ?? (request.Ioctls is [IoctlView first, ..] ? first.Start.Operation : $"request {request.Id.ToString(CultureInfo.InvariantCulture)}");

    private static string Outcome(RequestView request) =>
        request.Stop is { Errno.Length: > 0 } stop ? stop.Errno
        : request.Refusal is { Errno.Length: > 0 } refusal ? refusal.Errno
        : request.Ioctls is [.., { Stop: { } last }] ? last.Status
        : "an error";

    private static string Name(Party party) => party switch
    {
        Party.Application => "the application",
        Party.Library => "the library",
        _ => "the kernel",
    };

    private static string Of(long number, string thing) => number == 1 ? $"1 {thing}" : $"{N(number)} {thing}s";

    private static string N(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Hex(ulong address) => string.Create(CultureInfo.InvariantCulture, $"0x{address:x}");
}
