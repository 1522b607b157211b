using KernelSim.Protocol.Gate;
using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;
using KernelSim.UserMode;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>Look-ups by the C call, with keys and value in the process's memory. Which library marshals is the machine's option.</summary>
internal sealed class LookupRaw : Benchmark
{
    private const int Calls = 4096;

    /// <inheritdoc/>
    public override string Name => "lookup-raw";

    /// <inheritdoc/>
    public override string Does => "find one key, bpf_map_lookup_elem of Libbpf";

    /// <inheritdoc/>
    public override BenchmarkGroup Group => BenchmarkGroup.Calls;

    /// <inheritdoc/>
    public override void SetUp(Workload workload, TrialSet set)
    {
        MapMaker maker = new(workload);
        foreach (Contender contender in Enum.GetValues<Contender>())
        {
            if (!set.Can(contender, maker))
            {
                continue;
            }

            BenchMap map = set.Own(maker.Fill(contender));
            int count = Math.Min(Calls, map.Count);
            set.Add(new Trial(contender, count, map is ISimMap sim ? Raw(sim, map, workload, count, set) : () => map.LookupEach(0, count)));
        }
    }

    private static Action Raw(ISimMap map, BenchMap elements, Workload workload, int count, TrialSet set)
    {
        ISystemGate gate = map.Process.Gate;
        Libbpf library = set.Own(new Libbpf(gate, workload.Machine.Library));
        int fd = library.bpf_map_get_fd_by_id(map.Process.FirstMapId());
        ulong keys = map.Process.Put(elements.KeysOf(0, count));
        ulong value = gate.Memory.Allocate((uint)(sizeof(ulong) * workload.SlotsOf(Contender.KernelSim)));
        return () =>
        {
            for (int i = 0; i < count; i++)
            {
                if (library.bpf_map_lookup_elem(fd, keys + ((ulong)i * sizeof(uint)), value) != 0)
                {
                    throw new InvalidOperationException("a key of the map was not found");
                }
            }
        };
    }
}
