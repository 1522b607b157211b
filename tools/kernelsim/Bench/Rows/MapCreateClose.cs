using KernelSim.HostBpf;
using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>A map's creation and its end.</summary>
internal sealed class MapCreateClose : Benchmark
{
    private const int Maps = 64;
    private const uint Entries = 1024;

    /// <inheritdoc/>
    public override string Name => "map-create-close";

    /// <inheritdoc/>
    public override string Does => "create a map for 1,024 elements, and close it";

    /// <inheritdoc/>
    public override BenchmarkGroup Group => BenchmarkGroup.Calls;

    /// <inheritdoc/>
    public override IEnumerable<int> SizesOf(IReadOnlyList<int> asked) => [(int)Entries];

    /// <inheritdoc/>
    public override void SetUp(Workload workload, TrialSet set)
    {
        SimProcess process = set.Own(SimProcess.Boot(workload.Machine));
        set.Add(new Trial(Contender.KernelSim, Maps, Repeat(() => process.Session.CreatePerCpuHashMap<uint, ulong>("bench", Entries).Dispose())));
        if (set.CanHost())
        {
            set.Add(new Trial(
                Contender.Host, Maps, Repeat(() => HostBpfMap.Create(HostMapType.PerCpuHash, sizeof(uint), sizeof(ulong), Entries).Dispose())));
        }

        set.Add(new Trial(Contender.Dictionary, Maps, Repeat(() => _ = new Dictionary<uint, ulong[]>((int)Entries))));
        set.Add(new Trial(
            Contender.ConcurrentDictionary,
            Maps,
            Repeat(() => _ = new System.Collections.Concurrent.ConcurrentDictionary<uint, ulong[]>(2, (int)Entries))));
        set.Lack(Contender.PlainCopy, "nothing is copied");
    }

    private static Action Repeat(Action once) => () =>
    {
        for (int i = 0; i < Maps; i++)
        {
            once();
        }
    };
}
