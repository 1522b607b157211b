using KernelSim.NetEbpfExt.Events;
using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;
using KernelSim.Tool.Drivers;
using KernelSim.Tool.Lab.Grading.Hosting;

namespace KernelSim.Tool.Lab.Labs.PerCpu;

/// <summary>Counters to compare.</summary>
/// <param name="File">Full path of the library.</param>
/// <param name="Classes">Their classes.</param>
internal sealed record CostInput(string File, IReadOnlyList<string> Classes);

/// <summary>What a packet costs with each counter.</summary>
/// <param name="Costs">A cost for each class and number of threads.</param>
internal sealed record CostFacts(IReadOnlyList<CounterCost> Costs);

/// <summary>What a packet costs.</summary>
/// <param name="Class">The counter.</param>
/// <param name="Threads">Processors that packets came on at the same time.</param>
/// <param name="Nanoseconds">Of a packet on one of them, by the host's clock: the median of many rounds.</param>
/// <param name="Least">The least of all rounds.</param>
/// <param name="High">What nine rounds in ten do not exceed.</param>
internal sealed record CounterCost(string Class, int Threads, double Nanoseconds, double Least, double High);

/// <summary>Measures counters in turns, so that a slower moment of the host meets all.</summary>
internal sealed class MeasureJob : HostJob<CostInput, CostFacts>
{
    private const int Packets = 8192;

    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public override string Name => "cost";

    /// <inheritdoc/>
    public override bool RunsForeignCode => true;

    /// <inheritdoc/>
    protected override CostFacts Run(CostInput input)
    {
        AssemblyImage image = CounterJob.Read(input.File);
        using ThreadPair pair = new();
        List<CounterMachine> machines = [];
        List<(string Class, Trial Trial)> trials = [];
        try
        {
            foreach (string name in input.Classes)
            {
                CounterInput counter = new(input.File, name, []) { Cpus = 2, Seed = 1 };
                CounterMachine machine = CounterMachine.Of(counter, CounterJob.ClassOf(image, name));
                machines.Add(machine);
                trials.AddRange(Trials(machine.Network, pair).Select(t => (name, t)));
            }

            IReadOnlyList<Measurement> measured = Race.Run([.. trials.Select(t => t.Trial)], s_time, CancellationToken.None);
            return new CostFacts([.. trials.Zip(measured, (t, m) => new CounterCost(t.Class, m.Threads, m.Median, m.Least, m.High))]);
        }
        finally
        {
            machines.ForEach(m => m.Dispose());
        }
    }

    private static IEnumerable<Trial> Trials(NetworkEventSource network, ThreadPair pair)
    {
        NetworkEvent packet = new(NetworkEventKind.Packet);
        NetworkEvent[] packets = [.. Enumerable.Range(0, Packets).Select(i => packet with { PayloadLength = (ushort)(i % 64) })];
        NetworkEventTotals[] totals = [new(), new()];
        void Work(int cpu) => network.Deliver(cpu, packets, totals[cpu]);
        yield return new Trial(Contender.KernelSim, Packets, () => Work(0));
        if (Environment.ProcessorCount > 1)
        {
            yield return new Trial(Contender.KernelSim, Packets, () => pair.Run(() => Work(0), () => Work(1))) { Threads = 2 };
        }
    }
}
