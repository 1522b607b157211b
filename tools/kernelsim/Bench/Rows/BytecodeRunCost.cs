using KernelSim.Bytecode;
using KernelSim.Tool.Bench.Bytecode;
using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>A program that returns at once: what a run costs beside its instructions.</summary>
internal sealed class BytecodeRunCost : Benchmark
{
    private const int Runs = 16_384;
    private const int ContextBytes = 64;

    private static readonly BpfInstruction[] s_program = [new(0xb7, 0, 0, 0, 1), new(0x95, 0, 0, 0, 0)];

    /// <inheritdoc/>
    public override string Name => "compiled-run";

    /// <inheritdoc/>
    public override string Does => "run a compiled program that returns at once";

    /// <inheritdoc/>
    public override BenchmarkGroup Group => BenchmarkGroup.Programs;

    /// <inheritdoc/>
    public override IEnumerable<int> SizesOf(IReadOnlyList<int> asked) => [1];

    /// <inheritdoc/>
    public override void SetUp(Workload workload, TrialSet set)
    {
        IBytecodeProgram loaded = new BytecodeCompiler().Load(new BytecodeImage([.. s_program]), out _)!;
        BenchMemory memory = set.Own(new BenchMemory(new byte[ContextBytes]));
        NoHelpers host = new();
        set.Add(new Trial(Contender.KernelSim, Runs, () => Run(loaded, host, memory)));
        set.Lack(Contender.Host, "its test runs cost a call");
        ProgramContenders.LackOthers(set);
    }

    private static unsafe void Run(IBytecodeProgram program, NoHelpers host, BenchMemory memory)
    {
        for (int i = 0; i < Runs; i++)
        {
            BytecodeRun run = new(host, null, (ulong)memory.Start, memory.Length);
            run.AddRegion(memory.Start, memory.Length, MemoryRegionKind.Context, writable: true);
            program.Run(ref run);
        }
    }
}
