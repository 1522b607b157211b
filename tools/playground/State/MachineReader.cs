using System.Text.Json;
using KernelSim.Debugger.InProcess;
using KernelSim.Debugger.Structures;
using KernelSim.LabScripts.Runs;
using KernelSim.Nt;
using KernelSim.Nt.Ke;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.Playground.State;

/// <summary>
/// The machine of a run as the debugger sees it: read from its structures, without a call that would change it. Written after each step.
/// </summary>
internal sealed class MachineReader(LabRun run) : IDisposable
{
    private readonly InProcessTarget _target = new();

    /// <summary>
    /// Writes an object: <c>maps</c>, <c>heap</c>, <c>handles</c>, <c>pool</c>, <c>processors</c>, <c>bugcheck</c>. Where something is left out,
    /// <c>more</c> has how much, by the member's name.
    /// </summary>
    /// <param name="json">Where to.</param>
    /// <param name="events">The events of the run.</param>
    /// <param name="first">The first event of the step that has ended.</param>
    public void Write(Utf8JsonWriter json, IReadOnlyList<TracedEvent> events, int first)
    {
        MachineView machine = new(_target.Wrap(run.Lab.Machine)!, number: 1);
        KernelMemory memory = new(_target, machine);
        Dictionary<string, long> more = [];
        DescriptorNames descriptors = new(run.Session, machine);
        json.WriteStartObject();
        MapJson.Write(json, machine, memory, descriptors, more);
        HeapJson.Write(json, run, events, first, more);
        HandleJson.Write(json, machine, descriptors, more);
        WritePool(json, machine);
        WriteProcessors(json, machine);
        WriteBugcheck(json, machine);
        if (more.Count > 0)
        {
            json.WriteStartObject("more");
            foreach ((string name, long count) in more)
            {
                json.WriteNumber(name, count);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public void Dispose() => _target.Dispose();

    private static void WritePool(Utf8JsonWriter json, MachineView machine)
    {
        json.WriteStartArray("pool");
        foreach (PoolUse use in machine.Pool.ReadUse())
        {
            json.WriteStartObject();
            json.WriteString("tag", use.Tag.ToString());
            json.WriteNumber("blocks", use.Blocks);
            json.WriteNumber("bytes", use.Bytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteProcessors(Utf8JsonWriter json, MachineView machine)
    {
        ThreadView[] threads = [.. machine.Threads.Where(t => t.IsInKernel)];
        json.WriteStartArray("processors");
        foreach (ProcessorView processor in machine.Processors)
        {
            Irql irql = threads.Where(t => t.Processor == processor.Number).Select(t => t.Irql).DefaultIfEmpty(Irql.Passive).Max();
            json.WriteStartObject();
            json.WriteNumber("id", processor.Number);
            json.WriteString("irql", IrqlNames.NameOf(irql));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteBugcheck(Utf8JsonWriter json, MachineView machine)
    {
        if (machine.Bugcheck is not { } stop)
        {
            json.WriteNull("bugcheck");
            return;
        }

        json.WriteStartObject("bugcheck");
        json.WriteString("name", BugcheckCodeNames.NameOf(stop.Code));
        json.WriteNumber("code", (uint)stop.Code);
        json.WriteStartArray("parameters");
        foreach (ulong parameter in stop.Parameters)
        {
            json.WriteStringValue($"0x{parameter:x}");
        }

        json.WriteEndArray();
        string? why = stop.CauseOf(machine.Drivers) ?? stop.Detail;
        json.WriteString("text", why is null ? BugcheckCodeNames.NameOf(stop.Code) : $"{BugcheckCodeNames.NameOf(stop.Code)}: {why}");
        json.WriteEndObject();
    }
}
