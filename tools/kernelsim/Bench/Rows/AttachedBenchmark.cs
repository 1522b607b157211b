using KernelSim.NetEbpfExt.Events;
using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;
using KernelSim.UserMode;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>
/// An attached program that counts packets by size in a per-CPU array. The time includes the network and the hook, which are the same for programs
/// of each kind.
/// </summary>
internal abstract class AttachedBenchmark : Benchmark
{
    private const int Packets = 4096;

    /// <inheritdoc/>
    public override BenchmarkGroup Group => BenchmarkGroup.Programs;

    /// <inheritdoc/>
    public override IEnumerable<int> SizesOf(IReadOnlyList<int> asked) => [1];

    /// <inheritdoc/>
    public override void SetUp(Workload workload, TrialSet set)
    {
        SimProcess process = set.Own(SimProcess.Boot(workload.Machine, extensions: true));
        Libbpf library = process.Session.Library;
        bpf_object program = Expect(Open(process), library);
        Expect(library.bpf_object__load(program) == 0 ? program : null, library);
        Expect(library.bpf_program__attach(library.bpf_object__next_program(program, null)), library);
        NetworkEventSource network = process.Lab.Network!;
        NetworkEvent packet = new(NetworkEventKind.Packet);
        NetworkEvent[] packets = [.. Enumerable.Range(0, Packets).Select(i => packet with { PayloadLength = (ushort)(i % 64) })];
        NetworkEventTotals totals = new();
        set.Add(new Trial(Contender.KernelSim, Packets, () => network.Deliver(0, packets, totals)));
        set.Lack(Contender.Host, "its test runs have no hook");
        ProgramContenders.LackOthers(set);
    }

    /// <summary>Opens the program through the process's library; null if it refuses.</summary>
    protected abstract bpf_object? Open(SimProcess process);

    private static T Expect<T>(T? result, Libbpf library)
        where T : class => result ?? throw new InvalidOperationException($"the program was refused: {library.LastRefusal}");
}
