using System.Text.Json;
using KernelSim.EbpfCore;
using KernelSim.Nt;
using KernelSim.Protocol.Gate;
using KernelSim.Tool.Museum.Exhibits;
using KernelSim.Tool.Museum.Facts;
using KernelSim.Tool.Story.Traces;
using KernelSim.TraceAnalysis.Events;
using KernelSim.UserMode;

namespace KernelSim.Tool.Museum.Telling;

/// <summary>The museum as JSON: the list of exhibits, and the facts of one.</summary>
internal static class MuseumJson
{
    /// <summary>Writes one array with an object for each exhibit.</summary>
    public static void WriteList(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (IExhibit exhibit in ExhibitTable.All)
        {
            json.WriteStartObject();
            WriteLabel(json, exhibit.Label);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes one object with what was played.</summary>
    public static void Write(Utf8JsonWriter json, ExhibitFacts facts)
    {
        json.WriteStartObject();
        WriteLabel(json, facts.Exhibit.Label);
        json.WriteStartObject("machine");
        json.WriteNumber("cpus", facts.Machine.Cpus);
        json.WriteString("heap", ExhibitNames.Of(facts.Heap));
        json.WriteNumber("seed", facts.Machine.Seed);
        json.WriteEndObject();
        json.WriteString("meant", facts.Exhibit.Words.Meant);
        json.WriteStartObject("believed");
        json.WriteString("application", facts.Exhibit.Words.Application);
        json.WriteString("library", facts.Exhibit.Words.Library);
        json.WriteString("kernel", facts.Exhibit.Words.Kernel);
        json.WriteEndObject();
        json.WriteString("wrong", facts.Exhibit.Words.Wrong);
        json.WriteString("fix", facts.Exhibit.Words.Fix);
        json.WriteStartArray("runs");
        foreach (ActFacts act in facts.Acts)
        {
            WriteAct(json, act);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLabel(Utf8JsonWriter json, ExhibitLabel label)
    {
        json.WriteString("id", label.Id);
        json.WriteString("title", label.Title);
        json.WriteString("side", ExhibitNames.Of(label.Side));
        json.WriteString("project", label.Project);
        json.WriteNumber("year", label.Year);
        json.WriteString("state", ExhibitNames.Of(label.State));
        json.WriteString("link", label.Link.ToString());
        json.WriteStartArray("fixes");
        foreach (Uri fix in label.Fixes)
        {
            json.WriteStringValue(fix.ToString());
        }

        json.WriteEndArray();
        json.WriteString("saw", label.Saw);
    }

    private static void WriteAct(Utf8JsonWriter json, ActFacts act)
    {
        json.WriteStartObject();
        json.WriteString("version", act.Version);
        json.WriteString("cast", act.Cast.Name);
        json.WriteString("library", LibraryVersionNames.NameOf(act.Cast.Library));
        json.WriteString("library_defects", act.Cast.LibraryDefects == LibraryDefects.None ? string.Empty : act.Cast.LibraryDefects.ToString());
        json.WriteString("driver_defects", act.Cast.DriverDefects == EbpfCoreDefects.None ? string.Empty : act.Cast.DriverDefects.ToString());
        json.WriteBoolean("caller_errs", act.Cast.CallerErrs);
        json.WriteString("outcome", ExhibitNames.Of(act.Outcome));
        json.WriteBoolean("bug_hidden", act.HidesBug);
        if (act.Stop is { } stop)
        {
            json.WriteString("bugcheck", Failure.MachineStopped(new BugcheckException(stop)).Message);
        }

        json.WriteStartArray("calls");
        foreach (StepFacts step in act.Steps)
        {
            WriteStep(json, step);
        }

        json.WriteEndArray();
        json.WriteStartArray("observations");
        foreach (Observation observation in act.Observations)
        {
            json.WriteStartObject();
            json.WriteString("what", observation.What);
            json.WriteString("meant", observation.Meant);
            json.WriteString("seen", observation.Seen);
            json.WriteBoolean("right", observation.IsRight);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("leaks");
        foreach (string leak in act.Leaks)
        {
            json.WriteStringValue(leak);
        }

        json.WriteEndArray();
        json.WriteNumber("events", act.Trace.Events.Count);
        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, StepFacts step)
    {
        json.WriteStartObject();
        json.WriteString("function", step.Step.Function);
        json.WriteString("call", step.Step.Spelled);
        json.WriteNumber("request_id", step.Request.Id);
        json.WriteNumber("process_id", step.Request.ProcessId);
        if (step.Step.Result is { } result)
        {
            json.WriteNumber("ret", result);
            json.WriteString("errno", step.Errno);
        }

        if (step.Step.Status is { } status)
        {
            json.WriteString("status", status);
        }

        if (step.Step.Fault is { } fault)
        {
            json.WriteStartObject("fault");
            json.WriteString("access", MemoryAccessNames.NameOf(fault.Access));
            json.WriteString("address", Words.Hex(fault.Address));
            json.WriteString("start", Words.Hex(fault.Start));
            json.WriteNumber("length", fault.Length);
            json.WriteString("site", fault.Site);
            json.WriteEndObject();
        }

        RequestJson.WriteRefusal(json, step.Request);
        if (step.Witnesses is { } witnesses)
        {
            RequestJson.WriteWitnesses(json, witnesses);
        }

        json.WriteStartArray("checks");
        foreach (SizeCheckEvent check in step.Request.Checks)
        {
            json.WriteStartObject();
            json.WriteString("check", check.Check);
            json.WriteString("what", check.What);
            json.WriteNumber("given", check.Given);
            json.WriteNumber("expected", check.Expected);
            json.WriteBoolean("passed", check.Passed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        RequestJson.WriteLedger(json, step.Request);
        json.WriteStartArray("events");
        foreach (TracedEvent e in step.Request.Events)
        {
            json.WriteStringValue(e.Header.Name);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
