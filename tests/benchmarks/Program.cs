using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using KernelSim.Benchmarks;
using KernelSim.HostBpf;

Type[] types =
[
    typeof(BatchBenchmarks),
    typeof(MapTypeBenchmarks),
    typeof(SingleCallBenchmarks),
    typeof(TraceBenchmarks),
    typeof(ReportBenchmarks),
    typeof(HookBenchmarks),
    typeof(RingBenchmarks),
];
if (HostBpfMap.WhyUnavailable() is { } reason)
{
    Console.Error.WriteLine($"Without the host kernel's own figures: {reason}.");
}

// A busy machine needs longer than two minutes to build what is measured.
IConfig config = ManualConfig.Create(DefaultConfig.Instance)
    .WithBuildTimeout(TimeSpan.FromMinutes(10))
    .AddJob(Job.Default.WithWarmupCount(5).WithIterationCount(15).AsDefault());
BenchmarkSwitcher.FromTypes(types).Run(args, config);
