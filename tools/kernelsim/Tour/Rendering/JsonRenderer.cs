using System.Text.Json;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tool.Story.Traces;
using KernelSim.Tool.Tour.Facts;
using KernelSim.UserMode;

namespace KernelSim.Tool.Tour.Rendering;

/// <summary>The facts of the tour as one JSON document.</summary>
internal sealed class JsonRenderer(Utf8JsonWriter json)
{
    private const int SchemaVersion = 1;

    /// <summary>Writes the document.</summary>
    public void Write(TourFacts facts)
    {
        json.WriteStartObject();
        json.WriteNumber("schema", SchemaVersion);
        Machine(facts);
        Map(facts.Layout);
        if (facts.Program is { } program)
        {
            new ObjectProgramJson(json).Write(program);
        }

        Flows("counted", facts.Counted);
        Flows("restored", facts.Restored);
        json.WriteStartArray("chapters");
        foreach (PerformanceFacts performance in facts.Performances)
        {
            Chapter(performance, facts.Machine.Cpus);
        }

        json.WriteEndArray();
        Trace(facts);
        json.WriteEndObject();
    }

    private void Machine(TourFacts facts)
    {
        json.WriteStartObject("machine");
        json.WriteNumber("cpus", facts.Machine.Cpus);
        json.WriteString("heap", Name(facts.Machine.Heap));
        json.WriteNumber("seed", facts.Machine.Seed);
        json.WriteEndObject();
    }

    private void Map(PerCpuLayout layout)
    {
        json.WriteStartObject("map");
        json.WriteString("name", TourMap.Name);
        json.WriteString("type", "percpu_hash");
        json.WriteNumber("bytes_key", sizeof(uint));
        json.WriteNumber("bytes_value", layout.ValueSize);
        json.WriteNumber("stride", layout.Stride);
        json.WriteNumber("cpus", layout.SlotCount);
        json.WriteNumber("bytes_value_total", layout.Total);
        json.WriteString("formula", layout.Formula);
        json.WriteEndObject();
    }

    private void Flows(string name, IEnumerable<FlowFacts> flows)
    {
        json.WriteStartArray(name);
        foreach (FlowFacts flow in flows)
        {
            Flow(flow);
        }

        json.WriteEndArray();
    }

    private void Flow(FlowFacts flow)
    {
        json.WriteStartObject();
        json.WriteNumber("key", flow.Port);
        json.WriteStartArray("values");
        for (int cpu = 0; cpu < flow.PerCpu.Count; cpu++)
        {
            json.WriteStartObject();
            json.WriteNumber("cpu", cpu);
            CounterFields(flow.PerCpu[cpu]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("sum");
        CounterFields(flow.Sum);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void CounterFields(Counters counters)
    {
        json.WriteNumber("packets", counters.Packets);
        json.WriteNumber("bytes", counters.Bytes);
        json.WriteNumber("drops", counters.Drops);
    }

    private void Chapter(PerformanceFacts performance, int cpus)
    {
        json.WriteStartObject();
        json.WriteString("id", performance.Id);
        json.WriteString("library", LibraryVersionNames.NameOf(performance.Library));
        json.WriteString("heap", Name(performance.Heap));
        json.WriteBoolean("application_counts_cpus", performance.SizesForCpus);
        json.WriteStartArray("calls");
        foreach (CallFacts call in performance.Calls)
        {
            Call(call, cpus);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Call(CallFacts call, int cpus)
    {
        json.WriteStartObject();
        json.WriteString("function", call.Function);
        json.WriteNumber("process_id", call.ProcessId);
        json.WriteNumber("request_id", call.Request.Id);
        json.WriteNumber("count", call.Count);
        json.WriteString("ending", EndingName(call.Ending));
        if (call.Result is { } result)
        {
            json.WriteNumber("ret", result);
            json.WriteString("errno", call.Request.Stop?.Errno);
            json.WriteNumber("count_after", call.CountAfter ?? 0);
        }

        RequestJson.WriteRefusal(json, call.Request);
        Fault(call);
        RequestJson.WriteWitnesses(json, call.Request.Witnesses);
        RequestJson.WriteLedger(json, call.Request);
        Heap(call);
        Records(call, cpus);
        json.WriteEndObject();
    }

    private void Fault(CallFacts call)
    {
        if (call.Fault is not { } fault)
        {
            return;
        }

        json.WriteStartObject("fault");
        json.WriteString("kind", "access_violation");
        json.WriteString("access", MemoryAccessNames.NameOf(fault.Access));
        Address("address", fault.Address);
        Address("start", fault.Start);
        json.WriteNumber("length", fault.Length);
        json.WriteString("site", fault.Site);
        json.WriteNumber("element", Telling.FaultPath.ElementsDone(call));
        json.WriteEndObject();
    }

    private void Heap(CallFacts call)
    {
        json.WriteStartArray("heap_blocks");
        foreach (BlockFacts block in call.Blocks)
        {
            json.WriteStartObject();
            json.WriteString("name", block.Name);
            Address("address", block.Address);
            json.WriteNumber("bytes", block.Before.Length);
            json.WriteString("before", Convert.ToHexStringLower(block.Before));
            if (block.After is { } after)
            {
                json.WriteString("after", Convert.ToHexStringLower(after));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>What the application reads after a lookup; counters only where its values are whole.</summary>
    private void Records(CallFacts call, int cpus)
    {
        if (call.IsUpdate || call.CountAfter is null)
        {
            return;
        }

        json.WriteStartArray("records");
        foreach ((uint port, byte[] value) in call.Records())
        {
            Flow(new FlowFacts(port, Layout.Decode(value, cpus)));
        }

        json.WriteEndArray();
    }

    private void Trace(TourFacts facts)
    {
        json.WriteStartObject("trace");
        json.WriteNumber("events", facts.Trace.Events.Count);
        json.WriteNumber("lost", facts.Trace.LostEvents);
        json.WriteString("file", facts.TraceFile);
        json.WriteString("note", facts.RecorderNote);
        json.WriteEndObject();
    }

    private void Address(string name, ulong address) => json.WriteString(name, Words.Hex(address));

    private static string Name(HeapMode heap) => heap == HeapMode.Guarded ? "guarded" : "packed";

    private static string EndingName(CallEnding ending) => ending switch
    {
        CallEnding.Right => "right",
        CallEnding.SilentlyWrong => "silently_wrong",
        CallEnding.Refused => "refused",
        _ => "crashed",
    };
}
