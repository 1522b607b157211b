using KernelSim.Nt;
using KernelSim.Nt.Ke;
using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>Records of the kernel's flight recorder, one after another.</summary>
internal sealed class RecorderWrite : Benchmark
{
    private const int Records = 65_536;

    /// <inheritdoc/>
    public override string Name => "flight-record";

    /// <inheritdoc/>
    public override string Does => "write one record of the flight recorder";

    /// <inheritdoc/>
    public override BenchmarkGroup Group => BenchmarkGroup.Programs;

    /// <inheritdoc/>
    public override IEnumerable<int> SizesOf(IReadOnlyList<int> asked) => [1];

    /// <inheritdoc/>
    public override void SetUp(Workload workload, TrialSet set)
    {
        Machine machine = set.Own(SimProcess.Boot(workload.Machine)).Lab.Machine;
        set.Add(new Trial(Contender.KernelSim, Records, () =>
        {
            using KernelScope scope = machine.EnterKernel();
            for (int i = 0; i < Records; i++)
            {
                scope.Thread.Record(FlightKind.FirstOfDrivers, i, 0);
            }
        }));
        ProgramContenders.LackOthers(set);
        set.Lack(Contender.Host, "the host's kernel has none");
    }
}
