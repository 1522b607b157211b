using System.Globalization;
using KernelSim.Protocol.Checks;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Wording;

/// <summary>Events as lines of text, in the style of strace: time, request, location, then the event with its arguments.</summary>
public static class EventText
{
    /// <summary>Names of fields that are addresses.</summary>
    private static readonly HashSet<string> s_addresses = ["address", "source", "destination"];

    /// <summary>The line of an event.</summary>
    public static string Of(TracedEvent e)
    {
        string request = e.RequestId == 0 ? "-" : $"#{e.RequestId}";
        string where = e.IsUserMode ? "user" : $"cpu{e.Processor}";
        return string.Create(CultureInfo.InvariantCulture, $"{e.Header.TimeUs,12:F1}  {request,-6} {where,-6} {VisibleText.Escape(Text(e))}");
    }

    /// <summary>An address in hex.</summary>
    public static string Hex(ulong address) => "0x" + address.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>An instruction with what it left in its register: <c>33: r1 = r0; r1 = 0x2</c>.</summary>
    public static string Instruction(InstructionEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        string written = e.Register < 0 ? string.Empty : $"; r{e.Register} = {Hex(e.Value)}";
        return Invariant($"{e.Instruction}: {e.Text}{written}");
    }

    /// <summary>The description of an event, without time and location.</summary>
    public static string Text(TracedEvent e) => e switch
    {
        ApiCallStartEvent c => $"{CallNotation.Of(c.Function, c.Descriptor, c.Count)} ...",
        ApiCallStopEvent c => Invariant($"{c.Function} = {c.Result}{Named(c)}{Done(c)}"),
        IoctlStartEvent i => Invariant($"  ioctl {i.Operation}(process={i.ProcessId}, in={i.InputLength}, out={i.OutputLength}) ..."),
        IoctlStopEvent i => Invariant($"  ioctl {i.Operation} = {i.Status}, {i.Information} bytes"),
        CopyEvent c => Invariant($"    {c.Stage} {Part(c)}: {c.Bytes} bytes, {Hex(c.Source)} -> {Hex(c.Destination)}"),
        SizeCheckEvent c => Invariant($"    check {c.Check}: {c.What} {c.Describe()}{(c.Passed ? string.Empty : " REFUSED")}"),
        InvalidArgumentEvent r => Invariant($"    refused by {Code(r.Check)}{r.Check} at {r.Site}: {r.Result}, {r.Status}, {r.Errno}"),
        AccessViolationEvent f => Invariant(
            $"    access violation: {f.Access} of {f.Length} bytes at {Hex(f.Address)}, at {f.Site}, process {f.ProcessId}"),
        InstructionEvent i => Invariant($"  {i.Program} {Instruction(i)}{(i.Line.Length == 0 ? string.Empty : $"  ; {i.Line}")}"),
        ErrnoMappedEvent m => Invariant($"    {m.Status} -> {m.Win32} -> {m.Result} -> {m.Errno}"),
        _ => $"{(e.RequestId == 0 ? string.Empty : "    ")}{e.Header.Name}({Arguments(e.Header.Payload)})",
    };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string Named(ApiCallStopEvent call) => call.Result < 0 && call.Errno != "0" ? $" {call.Errno}" : string.Empty;

    private static string Done(ApiCallStopEvent call) => CallNotation.IsBatch(call.Function) ? Invariant($", count {call.Count}") : string.Empty;

    private static string Code(string check) => CheckTable.Find(check) is { } known ? $"{known.Code} " : string.Empty;

    private static string Part(CopyEvent copy) => copy switch
    {
        { Element: < 0 } => "message",
        { Slot: < 0 } => Invariant($"element {copy.Element}"),
        _ => Invariant($"element {copy.Element} slot {copy.Slot}"),
    };

    /// <summary>The fields between the first two and the last, which every line shows elsewhere or omits.</summary>
    private static string Arguments(EventPayload payload)
    {
        List<string> arguments = [];
        for (int i = 0; i < payload.Count; i++)
        {
            (string name, object? value) = payload[i];
            if (name is not ("requestId" or "processor" or "sequence"))
            {
                arguments.Add($"{name}={Value(name, value)}");
            }
        }

        return string.Join(", ", arguments);
    }

    private static string Value(string name, object? value) => value switch
    {
        ulong address when s_addresses.Contains(name) => Hex(address),
        string text => VisibleText.Quote(text),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };
}
