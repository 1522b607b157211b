using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using KernelSim.Benchmarks;
using KernelSim.HostBpf;

var types = new List<Type> { typeof(BatchBenchmarks), typeof(DictionaryBenchmarks), typeof(TraceBenchmarks), typeof(ReportBenchmarks), typeof(HookBenchmarks), typeof(RingBenchmarks) };
if (HostBpfMap.WhyUnavailable() is { } reason)
{
    Console.Error.WriteLine($"Without the host kernel's own figures: {reason}.");
}
else
{
    types.Add(typeof(HostKernelBenchmarks));
}

IConfig config = DefaultConfig.Instance.AddJob(Job.Default.WithWarmupCount(5).WithIterationCount(15).AsDefault());
BenchmarkSwitcher.FromTypes([.. types]).Run(args, config);
