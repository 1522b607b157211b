using KernelSim.Bytecode;
using KernelSim.Tool.Bench.Bytecode;
using KernelSim.Tool.Bench.Measuring;
using KernelSim.Tool.Bench.Rows;

namespace KernelSim.Tool.Bench;

/// <summary>All benchmarks, in the order of the tables.</summary>
internal static class BenchmarkTable
{
    /// <summary>One row per benchmark.</summary>
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new BatchLookup(),
        new BatchUpdate(),
        new BatchInsert(),
        new BatchDelete(),
        new BatchLookupAndDelete(),
        new LruBatchUpdate(),
        new Lookup(),
        new LookupCold(),
        new LookupRaw(),
        new Update(),
        new ProgramTestRun(),
        new MapCreateClose(),
        new TracedLookup(),
        new HelperHash(),
        new HelperArray(),
        new RingOutput(),
        new RingConsume(),
        new RecorderWrite(),
        new AttachedCSharp(),
        new AttachedC(),
        new BytecodeRunCost(),
        .. BenchProgram.All.Select(program => new BytecodeProgram(new BytecodeCompiler(), program)),
        .. BenchProgram.All.Select(program => new BytecodeProgram(new BytecodeInterpreter(), program)),
        new HashBytes(),
        new LruBytes(),
        new ThreadsSameMap(),
        new ThreadsMapEach(),
        new ThreadsProcessEach(),
        new ThreadsBatchUpdate(),
    ];
}
