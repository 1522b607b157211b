using System.Runtime.InteropServices;
using KernelSim.EbpfCore;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Programs;
using KernelSim.Tool.Tour.Facts;

namespace KernelSim.Tool.Tour.Acting;

/// <summary>
/// The program of the tour and its runs: once on each processor, at DISPATCH_LEVEL, with that processor's packets.
/// </summary>
internal sealed class PacketCounter(EbpfCoreDriver driver, EbpfMap map, int cpus)
{
    /// <summary>Counts packets.</summary>
    public void Count(PacketSchedule schedule)
    {
        for (int cpu = 0; cpu < cpus; cpu++)
        {
            IReadOnlyList<Packet> packets = schedule.ByCpu[cpu];
            driver.RunProgram(cpu, context =>
            {
                foreach (Packet packet in packets)
                {
                    Add(context, packet.Port, packet.AsCounters);
                }
            });
        }
    }

    /// <summary>Writes saved counters: what the application would have done, had it not crashed.</summary>
    public void Restore(IReadOnlyList<FlowFacts> flows)
    {
        for (int cpu = 0; cpu < cpus; cpu++)
        {
            int slot = cpu;
            driver.RunProgram(cpu, context =>
            {
                foreach (FlowFacts flow in flows)
                {
                    Add(context, flow.Port, flow.PerCpu[slot]);
                }
            });
        }
    }

    /// <summary>The contents of the map, each slot read on its own processor.</summary>
    public IReadOnlyList<FlowFacts> Read(IEnumerable<uint> ports)
    {
        List<FlowFacts> flows = [];
        foreach (uint port in ports)
        {
            Counters[] perCpu = new Counters[cpus];
            bool found = false;
            for (int cpu = 0; cpu < cpus; cpu++)
            {
                int slot = cpu;
                driver.RunProgram(cpu, context =>
                {
                    uint key = port;
                    Span<byte> value = context.MapLookupElem(map, MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in key)));
                    if (!value.IsEmpty)
                    {
                        found = true;
                        perCpu[slot] = Counters.From(value);
                    }
                });
            }

            if (found)
            {
                flows.Add(new FlowFacts(port, perCpu));
            }
        }

        return flows;
    }

    /// <summary>As such a program is written in C: look up, add in place, insert a missing element.</summary>
    private void Add(EbpfProgramContext context, uint port, Counters more)
    {
        ReadOnlySpan<byte> key = MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in port));
        Span<byte> value = context.MapLookupElem(map, key);
        if (value.IsEmpty)
        {
            context.MapUpdateElem(map, key, MemoryMarshal.AsBytes(new ReadOnlySpan<Counters>(in more)));
            return;
        }

        ref Counters counters = ref MemoryMarshal.AsRef<Counters>(value);
        counters += more;
    }
}
