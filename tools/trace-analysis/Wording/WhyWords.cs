using KernelSim.Protocol;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Failures;

namespace KernelSim.TraceAnalysis.Wording;

/// <summary>The sentences of a failure, the same in text and JSON.</summary>
public static class WhyWords
{
    /// <summary>The call as a programmer would write it.</summary>
    public static string Call(FailureStory story)
    {
        string process = story.ProcessId == 0 ? string.Empty : $" of process {story.ProcessId}";
        string library = story.Library is { } open ? $", library {open.Version}" : string.Empty;
        return story.Request.Start is { } start
            ? $"{CallNotation.Of(start.Function, start.Descriptor, start.Count)}{process}{library}"
            : $"{(story.Request.Ioctls is [IoctlView first, ..] ? first.Start.Operation : "a call that the recording does not show")}{process}";
    }

    /// <summary>The outcome that the program saw.</summary>
    public static string Outcome(FailureStory story) => story.Request.Stop switch
    {
        { Result: < 0 } stop => $"{stop.Function} returned {stop.Result}, {stop.Errno}.",
        { } stop when CallNotation.IsBatch(stop.Function) => $"{stop.Function} returned {stop.Result}, count {stop.Count}.",
        { } stop => $"{stop.Function} returned {stop.Result}.",
        null when story.Fault is not null => "The call never returned: the process ended by an access violation.",
        null when story is { Errno: { } errno, Request.Ioctls: [.., { Stop: { } failed }] } =>
            $"The trace does not show the call return. {failed.Operation} completed with {failed.Status}, which the library decodes as {errno}.",
        null => "The trace does not show the call return.",
    };

    /// <summary>The cause in a sentence or two.</summary>
    public static string Why(FailureStory story)
    {
        switch (story.Kind)
        {
            case FailureKind.Refused:
                InvalidArgumentEvent refusal = story.Request.Refusal!;
                string numbers = story.Request.RefusedCheck is { } compared
                    ? $" {compared.What}: {compared.Describe()}{Formula(story)}."
                    : string.Empty;
                return $"{story.Check?.Code} {refusal.Check} refused at {refusal.Site}. {story.Check?.Text}{numbers}";
            case FailureKind.Fault:
                AccessViolationEvent fault = story.Fault!.Event;
                string nobody = story.Check is { } missing
                    ? $" Nobody compared the buffer with what the call touches; the checked library does, as {missing.Code} {missing.Id}."
                    : string.Empty;
                return $"{fault.Site} could not {fault.Access} {fault.Length} bytes: {EventText.Hex(fault.Address)} may not be touched.{nobody}";
            case FailureKind.Failed:
                return Failed(story);
            case FailureKind.Disagreement:
                return "It returned no error, yet two of the three disagree about how many bytes a value has: what was copied cannot be right.";
            default:
                return "Nothing in the trace says that it failed.";
        }
    }

    /// <summary>A call that no check of the recording refused. Whether one did all the same depends on what was recorded.</summary>
    private static string Failed(FailureStory story)
    {
        string kernel = story.Request.Ioctls is [.., { Stop: { } stop }] ? $"the kernel answered {stop.Status} to {stop.Operation}"
            : story.Coverage.HasCrossings && story.IsComplete ? "the kernel was not asked"
            : "the recording does not show whether the kernel was asked";
        string causes = Causes(story);
        if (!story.Coverage.HasRefusals)
        {
            return $"Whether a check refused it is unknown: the recording shows no refusals; --profile default records them. What is known: {kernel}."
                + (causes.Length == 0 ? string.Empty : $" If no check refused it, that is: {causes}");
        }

        string nobody = story.IsComplete ? "No check refused it" : "No check is known to have refused it, and events of the trace are missing";
        return $"{nobody}: {kernel}.{(causes.Length == 0 ? string.Empty : $" That is: {causes}")}";
    }

    /// <summary>
    /// What a call that no check refused can have met, by the table that <c>kernelsim explain</c> prints; empty when it has no row.
    /// </summary>
    private static string Causes(FailureStory story)
    {
        string? function = story.Request.Stop?.Function ?? story.Request.Start?.Function;
        string? result = story.Request.Events.OfType<ErrnoMappedEvent>().LastOrDefault()?.Result;
        string[] causes =
        [
            .. OutcomeTable.All
                .Where(o => o.Result is { } known && ResultConversions.NameOf(known) == result && o.Calls.Split(", ").Contains(function))
                .Select(o => o.Cause),
        ];
        return string.Join(" Or: ", causes);
    }

    /// <summary>Whose buffer, how far past its end, which element and slot.</summary>
    public static string Where(FaultView fault, RequestView request)
    {
        if (fault.Buffer is not { } buffer)
        {
            return request.Buffers.Any() ? "In no buffer that the application told of." : "The recording shows none of the application's buffers.";
        }

        string element = fault.Element < 0 ? "The copy" : $"The copy of element {fault.Element}";
        string slot = fault.Slot < 0 ? string.Empty : $", in the slot of CPU {fault.Slot}";
        return $"In the application's buffer for {buffer.What}, {buffer.Bytes} bytes at {EventText.Hex(buffer.Address)}. {element} began at byte "
            + $"{fault.Offset} and wanted {fault.Event.Length} bytes, {fault.BytesPastEnd} past the end{slot}. "
            + $"The first unreachable byte is byte {(long)(fault.Event.Address - buffer.Address)} "
            + $"of a buffer that ends after byte {buffer.Bytes - 1}.";
    }

    /// <summary>The fix; null if the trace does not tell.</summary>
    public static string? Fix(FailureStory story)
    {
        if (story.Kind == FailureKind.Disagreement)
        {
            (Witness left, Witness right) = story.Request.Witnesses.FirstDisagreement!.Value;
            string both = $"{Name(left.Party)} ({left.Total} bytes a value) and {Name(right.Party)} ({right.Total})";
            return left.Party == Party.Application
                ? $"Make {both} agree: allocate count × pad8(value_size) × libbpf_num_possible_cpus() bytes."
                : $"Make {both} agree: use a library that counts padding and CPUs in both directions (--library upstream or checked).";
        }

        string? needed = story.Kind == FailureKind.Fault && story.Fault?.Buffer?.What == "values"
            && story.Request.Witnesses.Library.Total is { } total && story.Request.Start is { Count: > 0 } start
            ? $" Here: {start.Count} × {total} = {start.Count * total} bytes."
            : null;
        return story.Check is { } check ? check.Fix + needed
            : story.Kind == FailureKind.Failed ? $"`kernelsim explain {story.Errno}` lists all that can end so.{Again(story)}"
            : null;
    }

    private static string Again(FailureStory story) =>
        story.Coverage.HasRefusals
            ? string.Empty
            : " Record the program with `kernelsim trace collect --profile default` to see whether a check did.";

    /// <summary>What to do about a program that stopped its machine.</summary>
    public static string Fix(ProgramFaultStory story)
    {
        ArgumentNullException.ThrowIfNull(story);
        string fix = story.Fault.Kind switch
        {
            "InvalidRead" or "InvalidWrite" =>
                "Compare an address with the end of its memory before the access, and a pointer from a helper with null.",
            "MisalignedAtomic" => "Let atomic operations work on addresses that are multiples of their size.",
            "Budget" => "Let the loop end: count its rounds, and leave it when there are too many.",
            "HelperArgument" => "Pass a helper only memory that the program may reach, all of it, and a map where it takes one.",
            _ => "Call only helpers that the program's type has.",
        };
        return story.Steps.Any(s => s is InstructionEvent)
            ? fix
            : $"{fix} To see each instruction that led here, load the program with \"execution\":\"interpreter\" and record with "
                + "--profile instructions.";
    }

    /// <summary>Which program stopped the machine, and where.</summary>
    public static string Stopped(ProgramFaultEvent fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        string request = fault.RequestId == 0 ? string.Empty : $" in request {fault.RequestId}";
        return $"Program {fault.ProgramId} '{fault.Program}' stopped the machine on CPU {fault.Processor}{request}";
    }

    /// <summary>A text as a sentence.</summary>
    public static string Sentence(string text) => text is [var first, .. var rest] ? $"{char.ToUpperInvariant(first)}{rest}." : text;

    /// <summary>What a program did in one step.</summary>
    public static string Step(TracedEvent step) => step switch
    {
        InstructionEvent instruction => EventText.Instruction(instruction),
        HelperCallEvent call => $"{call.Helper} on map {call.MapId}: {call.Result}",
        _ => EventText.Text(step).Trim(),
    };

    /// <summary>The source line of an event of a program; empty if it is not known.</summary>
    public static string Line(TracedEvent step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Header.Payload.Text("line");
    }

    /// <summary>A party by its name.</summary>
    public static string Name(Party party) => party switch
    {
        Party.Application => "application",
        Party.Library => "library",
        _ => "kernel",
    };

    private static string Formula(FailureStory story) => story.Check is { Formula.Length: > 0 } check ? $" ({check.Formula})" : string.Empty;
}
