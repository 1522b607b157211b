namespace KernelSim.Tool.Bench.Measuring;

/// <summary>A table of benchmarks with one unit.</summary>
/// <param name="Title">The line above the table.</param>
/// <param name="Unit">The unit, in the JSON.</param>
internal sealed record BenchmarkGroup(string Title, string Unit)
{
    /// <summary>Batches over whole maps.</summary>
    public static BenchmarkGroup Batches { get; } = new("Batches: nanoseconds per element", "ns/element");

    /// <summary>Calls that cross into the kernel one by one.</summary>
    public static BenchmarkGroup Calls { get; } = new("Single calls: nanoseconds per call", "ns/call");

    /// <summary>What programs do, without a crossing.</summary>
    public static BenchmarkGroup Programs { get; } = new("In programs and rings: nanoseconds per operation", "ns/operation");

    /// <summary>Programs as bytes, in an engine.</summary>
    public static BenchmarkGroup Bytecode { get; } = new("Bytecode: nanoseconds per instruction", "ns/instruction");

    /// <summary>Memory.</summary>
    public static BenchmarkGroup Memory { get; } = new("Memory: bytes per element", "bytes/element");

    /// <summary>One thread, and two at the same time.</summary>
    public static BenchmarkGroup Threads { get; } =
        new("Two threads: nanoseconds per operation of one, of two together, and how many times as fast", "ns/operation");
}
