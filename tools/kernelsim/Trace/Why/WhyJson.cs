using System.Text.Json;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Failures;
using KernelSim.TraceAnalysis.Losses;
using KernelSim.TraceAnalysis.Wording;

namespace KernelSim.Tool.Trace.Why;

/// <summary>The story of a failure as one JSON document.</summary>
internal static class WhyJson
{
    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json, FailureStory story, LossReport losses)
    {
        json.WriteStartObject();
        LossJson.WriteFields(json, losses);
        json.WriteNumber("request", story.Request.Id);
        json.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(story.Kind.ToString()));
        Call(json, story);
        json.WriteBoolean("refusals_recorded", story.Coverage.HasRefusals);
        json.WriteBoolean("copies_recorded", story.Coverage.HasCopies);
        json.WriteString("why", WhyWords.Why(story));
        json.WriteString("fix", WhyWords.Fix(story));
        Chain(json, story);
        Check(json, story);
        Program(json, story.Request.Events.OfType<ProgramRefusalEvent>().LastOrDefault());
        Fault(json, story.Fault);
        Copies(json, story);
        Witnesses(json, story.Request.Witnesses);
        Debugger(json, DebuggerCommandsOf.Story(story));
        json.WriteEndObject();
    }

    /// <summary>Writes why a program stopped its machine.</summary>
    public static void Write(Utf8JsonWriter json, ProgramFaultStory story, LossReport losses)
    {
        ProgramFaultEvent fault = story.Fault;
        json.WriteStartObject();
        LossJson.WriteFields(json, losses);
        json.WriteNumber("request", fault.RequestId);
        json.WriteString("kind", "program_fault");
        json.WriteString("fault", JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.Kind));
        json.WriteNumber("cpu", fault.Processor);
        json.WriteString("why", WhyWords.Sentence(fault.Text));
        json.WriteString("fix", WhyWords.Fix(story));
        json.WriteStartObject("program");
        json.WriteNumber("id", fault.ProgramId);
        json.WriteString("name", fault.Program);
        json.WriteNumber("instruction", fault.Instruction);
        json.WriteString("line", fault.Line);
        json.WriteEndObject();
        json.WriteStartArray("steps");
        foreach (TracedEvent step in story.Steps)
        {
            json.WriteStartObject();
            json.WriteNumber("event", step.Position);
            json.WriteString("step", WhyWords.Step(step));
            json.WriteString("line", WhyWords.Line(step));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Debugger(json, DebuggerCommandsOf.Story(story));
        json.WriteEndObject();
    }

    private static void Debugger(Utf8JsonWriter json, IReadOnlyList<string> commands)
    {
        json.WriteStartArray("debugger");
        foreach (string command in commands)
        {
            json.WriteStringValue(command);
        }

        json.WriteEndArray();
    }

    private static void Program(Utf8JsonWriter json, ProgramRefusalEvent? refusal)
    {
        if (refusal is null)
        {
            json.WriteNull("program");
            return;
        }

        json.WriteStartObject("program");
        json.WriteString("section", refusal.Section);
        json.WriteString("name", refusal.Program);
        json.WriteNumber("instruction", refusal.Instruction);
        json.WriteString("text", refusal.Text);
        json.WriteString("line", refusal.Line);
        json.WriteEndObject();
    }

    private static void Call(Utf8JsonWriter json, FailureStory story)
    {
        if (story.Request.Start is { } start)
        {
            json.WriteString("function", start.Function);
            json.WriteNumber("descriptor", start.Descriptor);
            json.WriteNumber("count", start.Count);
        }

        json.WriteNumber("process_id", story.ProcessId);
        json.WriteString("library", story.Library?.Version);
        if (story.Request.Stop is { } stop)
        {
            json.WriteNumber("result", stop.Result);
            json.WriteString("errno", story.Errno);
        }
        else if (story.Errno is { } errno)
        {
            json.WriteString("errno", errno);
        }
    }

    private static void Chain(Utf8JsonWriter json, FailureStory story)
    {
        json.WriteStartArray("chain");
        foreach (CauseStep step in story.Chain())
        {
            json.WriteStartObject();
            json.WriteString("step", step.Kind);
            json.WriteString("is", step.Name);
            json.WriteString("where", step.Where);
            json.WriteNumber("event", step.Position);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Check(Utf8JsonWriter json, FailureStory story)
    {
        if (story.Check is not { } check)
        {
            json.WriteNull("check");
            return;
        }

        json.WriteStartObject("check");
        json.WriteString("id", check.Id);
        json.WriteString("code", check.Code);
        json.WriteString("text", check.Text);
        json.WriteString("formula", check.Formula);
        json.WriteBoolean("refused", story.Request.Refusal is not null);
        if (story.Request.RefusedCheck is { } compared)
        {
            json.WriteString("what", compared.What);
            CheckJson.WriteNumbers(json, check, compared.Given, compared.Expected);
        }

        json.WriteEndObject();
    }

    private static void Fault(Utf8JsonWriter json, FaultView? fault)
    {
        if (fault is null)
        {
            json.WriteNull("fault");
            return;
        }

        json.WriteStartObject("fault");
        json.WriteString("access", fault.Event.Access);
        json.WriteString("address", EventText.Hex(fault.Event.Address));
        json.WriteString("start", EventText.Hex(fault.Start));
        json.WriteNumber("length", fault.Event.Length);
        json.WriteString("site", fault.Event.Site);
        if (fault.Buffer is { } buffer)
        {
            json.WriteString("buffer", buffer.What);
            json.WriteString("buffer_address", EventText.Hex(buffer.Address));
            json.WriteNumber("buffer_bytes", buffer.Bytes);
            json.WriteNumber("offset", fault.Offset);
            json.WriteNumber("bytes_past_end", fault.BytesPastEnd);
            json.WriteNumber("element", fault.Element);
            json.WriteNumber("slot", fault.Slot);
        }

        json.WriteEndObject();
    }

    private static void Copies(Utf8JsonWriter json, FailureStory story)
    {
        json.WriteStartArray("copies");
        foreach (LedgerRun run in story.Copies)
        {
            json.WriteStartObject();
            json.WriteNumber("event", run.First.Event.Position);
            json.WriteString("stage", run.First.Stage);
            json.WriteNumber("copies", run.Rows.Count);
            json.WriteNumber("bytes", run.Bytes);
            json.WriteString("source", EventText.Hex(run.First.Source));
            json.WriteString("destination", EventText.Hex(run.First.Destination));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Witnesses(Utf8JsonWriter json, Witnesses witnesses)
    {
        json.WriteStartArray("witnesses");
        foreach (Witness w in witnesses.All)
        {
            json.WriteStartObject();
            json.WriteString("party", WhyWords.Name(w.Party));
            Number(json, "stride", w.Stride);
            Number(json, "cpus", w.Cpus);
            Number(json, "total", w.Total);
            json.WriteString("basis", w.Basis);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("disagree");
        if (witnesses.FirstDisagreement is { } odd)
        {
            json.WriteStringValue(WhyWords.Name(odd.Left.Party));
            json.WriteStringValue(WhyWords.Name(odd.Right.Party));
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
