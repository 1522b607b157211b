using System.Text.Json;
using KernelSim.LabScripts.Runs;
using KernelSim.Nt.Mm;
using KernelSim.Nt.Ps;
using KernelSim.Protocol.Gate;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.Playground.State;

/// <summary>
/// The heap of the program: the blocks that it has, and those that it had for the arguments of the step's call, which it has freed since. The trace
/// says what they were for.
/// </summary>
internal static class HeapJson
{
    /// <summary>Blocks that are written.</summary>
    private const int MostBlocks = 256;

    private const uint PageBytes = UserRegion.PageBytes;

    /// <summary>Writes the property <c>heap</c>.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="run">The run.</param>
    /// <param name="events">Its events.</param>
    /// <param name="first">The first event of the step that has ended.</param>
    /// <param name="more">Gets how many blocks were left out.</param>
    public static void Write(Utf8JsonWriter json, LabRun run, IReadOnlyList<TracedEvent> events, int first, Dictionary<string, long> more)
    {
        PsProcess? process = run.Lab.Machine.Processes.All.FirstOrDefault(p => p.Id == run.Session.Gate.ProcessId);
        UserRange[] live = process?.Memory.HeapBlocks ?? [];
        Dictionary<ulong, string> labels = [];
        List<(UserRange Range, bool IsFreed)> blocks = [.. live.Select(b => (b, false))];
        HashSet<ulong> known = [.. live.Select(b => b.Address)];
        foreach (ApplicationBufferEvent buffer in events.Skip(first).OfType<ApplicationBufferEvent>())
        {
            labels[buffer.Address] = buffer.What;
            if (known.Add(buffer.Address))
            {
                blocks.Add((new UserRange(buffer.Address, (uint)buffer.Bytes), true));
            }
        }

        uint guard = run.Session.Gate.Memory.HeapMode == HeapMode.Guarded ? PageBytes : 0;
        json.WriteStartArray("heap");
        foreach ((UserRange range, bool isFreed) in blocks.OrderBy(b => b.Range.Address).Take(MostBlocks))
        {
            json.WriteStartObject();
            json.WriteString("address", $"0x{range.Address:x}");
            json.WriteNumber("size", range.Length);
            json.WriteNumber("guard_before", guard);
            json.WriteNumber("guard_after", guard);
            json.WriteBoolean("freed", isFreed);
            if (labels.TryGetValue(range.Address, out string? label))
            {
                json.WriteString("label", label);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (blocks.Count > MostBlocks)
        {
            more["heap"] = blocks.Count - MostBlocks;
        }
    }
}
