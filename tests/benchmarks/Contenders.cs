using KernelSim.HostBpf;
using KernelSim.Tool.Bench.Maps;

namespace KernelSim.Benchmarks;

/// <summary>Who is measured: the contenders of <c>kernelsim bench</c>, with its workload on a machine with 2 CPUs.</summary>
internal static class Contenders
{
    /// <summary>Simulated processors of every benchmark.</summary>
    public const int Cpus = 2;

    /// <summary>Elements of every map.</summary>
    public const int Elements = Workload.UsualElements;

    /// <summary>The workload of every map.</summary>
    public static Workload Workload { get; } = new() { Machine = new() { Cpus = Cpus } };

    /// <summary>All that there are on this host, by name.</summary>
    public static IEnumerable<string> Names =>
        Enum.GetValues<Contender>().Where(c => c != Contender.Host || HostBpfMap.WhyUnavailable() is null).Select(c => c.ToString());

    /// <summary>A contender's map with all elements.</summary>
    public static BenchMap Fill(string name) => new MapMaker(Workload).Fill(Enum.Parse<Contender>(name));
}
