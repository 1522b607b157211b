using KernelSim.LabScripts;
using KernelSim.Nt.Ke;
using KernelSim.Tool.Predict.Topics;
using KernelSim.Tool.Tour.Acting;
using KernelSim.Tool.Tour.Facts;

namespace KernelSim.Tool.Examples;

/// <summary>The chapters of the tour: one update and one look-up of a per-CPU map, with each library.</summary>
internal static class TourExamples
{
    private const string Group = "Tour";

    /// <summary>A script for each performance, in the order of the story.</summary>
    public static IEnumerable<ExampleRow> Rows =>
        PerformancePlan.All.Select(plan => new ExampleRow(IdOf(plan), Words(plan).Title, () => Make(plan)));

    private static string IdOf(PerformancePlan plan) => $"tour/{plan.Id}";

    private static ExampleScript Make(PerformancePlan plan)
    {
        MachineSettings machine = new() { Library = plan.Library };
        machine = machine with { Heap = plan.Heap ?? machine.Heap };
        (string title, string text) = Words(plan);
        return new ExampleScript(IdOf(plan), Group, title, text, [.. Lines(plan, machine)]) { Machine = machine };
    }

    private static (string Title, string Text) Words(PerformancePlan plan) => plan.Id switch
    {
        PerformanceId.Before3564 => (
            "1. before-3564: as the reporter had it",
            "The update reads past the values, whose buffer has room for one CPU, and the look-up cuts the kernel's records in the wrong places."),
        PerformanceId.UpstreamGuarded => (
            "2. upstream, guarded heap: the crash",
            "The library as it is today reads past the values, and on a guarded heap that is a fault."),
        PerformanceId.UpstreamPacked => (
            "2. upstream, packed heap: nobody notices",
            "The same program on a packed heap: what lies behind the values is stored as counters, and the look-up overwrites it."),
        PerformanceId.Checked => (
            "3. checked: refused before a byte moves",
            "The checked library asks the heap for the size of each buffer, and refuses with what was given and what was expected."),
        _ => ("4. right", "The program counts the CPUs: each value has a slot of 16 bytes for each of them, although a counter has 12."),
    };

    private static IEnumerable<string> Lines(PerformancePlan plan, MachineSettings machine)
    {
        PacketSchedule packets = PacketSchedule.Draw(new KernelRandom(machine.Seed), machine.Cpus);
        int valueBytes = plan.SizesForCpus ? (int)Layout.On(machine.Cpus).Total : Counters.Size;
        yield return $"# {Counters.Declaration}: {Counters.Size} bytes, in a slot of 16 for each of {machine.Cpus} CPUs.";
        yield return CallLine.Create("percpu_hash", TourMap.Name, sizeof(uint), Counters.Size, (int)TourMap.MaxEntries);
        yield return "# A program counts the packets of each port, on the CPU on which they arrive.";
        foreach (FlowFacts flow in packets.Counted)
        {
            for (int cpu = 0; cpu < machine.Cpus; cpu++)
            {
                yield return CallLine.Of(
                    "helper_map_update_elem",
                    ("fd", TourMap.Name),
                    ("key", CallLine.Le(flow.Port, sizeof(uint))),
                    ("value", Hex.Of(StructBytes.Of(flow.PerCpu[cpu]))),
                    ("cpu", cpu));
            }
        }

        yield return $"# The application restores the counters of other ports that it has saved, in values of {valueBytes} bytes.";
        yield return CallLine.Of(
            "map_update_batch",
            ("fd", TourMap.Name),
            ("keys", string.Concat(packets.Restored.Select(f => CallLine.Le(f.Port, sizeof(uint))))),
            ("values", string.Concat(packets.Restored.Select(f => Value(f, valueBytes)))),
            ("count", packets.Restored.Count));
        int all = packets.Counted.Count + packets.Restored.Count;
        yield return "# And it reads all of them.";
        yield return CallLine.Of("map_lookup_batch", ("fd", TourMap.Name), ("count", all), ("values_size", all * valueBytes));
    }

    private static string Value(FlowFacts flow, int bytes)
    {
        byte[] value = new byte[bytes];
        CounterApplication.Encode(flow, value);
        return Hex.Of(value);
    }
}
