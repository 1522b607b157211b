using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Tracing;
using BenchmarkDotNet.Attributes;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Reports;
using KernelSim.TraceAnalysis.Sessions;
using KernelSim.Tracing;

namespace KernelSim.Benchmarks;

/// <summary>The time from a file of a million events to its report. Making the file says how fast events can come without loss.</summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The runner calls Cleanup.")]
public class ReportBenchmarks
{
    private const int Requests = 20_000;
    private const int CopiesEach = 46;

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"kernelsim-{Guid.NewGuid():N}.nettrace");

    [GlobalSetup]
    public void Setup()
    {
        using TraceTarget session = TraceTarget.Running(Environment.ProcessId);
        Stream events = session.Begin(
            [
                new ProviderRequest(KernelEventSource.ProviderName, EventLevel.Verbose),
                new ProviderRequest(UserApiEventSource.ProviderName, EventLevel.Verbose),
            ],
            bufferMiB: 256);
        using FileStream file = File.Create(_path);
        Thread reader = new(() => events.CopyTo(file));
        reader.Start();
        Stopwatch clock = Stopwatch.StartNew();
        WriteRequests();
        TimeSpan time = clock.Elapsed;
        session.Stop();
        reader.Join();
        file.Close();
        TraceReport report = Report();
        Console.WriteLine(
            $"{report.Losses}; written at {report.Losses.Events / time.TotalSeconds:F0} events a second by one thread, read as they came");
    }

    [GlobalCleanup]
    public void Cleanup() => File.Delete(_path);

    [Benchmark]
    public TraceReport Report()
    {
        ReportBuilder builder = new();
        return builder.Finish(TraceReader.Stream(_path, builder.Add));
    }

    private static void WriteRequests()
    {
        for (ulong id = 1; id <= Requests; id++)
        {
            UserApiEventSource.Log.ApiCallStart(id, "bpf_map_lookup_batch", 3, CopiesEach);
            KernelEventSource.Log.IoctlStart(id, 0, 8, "map_get_next_key_value_batch", 17, 65535);
            for (int i = 0; i < CopiesEach; i++)
            {
                KernelEventSource.Log.Copy(id, 0, CopyStage.MapFetch, i, -1, id, id, 64);
            }

            KernelEventSource.Log.IoctlStop(id, 0, "map_get_next_key_value_batch", "STATUS_SUCCESS", 65535);
            UserApiEventSource.Log.ApiCallStop(id, "bpf_map_lookup_batch", 0, string.Empty, CopiesEach);
        }
    }
}
