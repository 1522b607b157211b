using System.ComponentModel;
using System.Runtime.InteropServices;
using KernelSim.Bytecode;
using KernelSim.HostBpf;
using KernelSim.Tool.Bench.Bytecode;
using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;
using HostInstruction = KernelSim.HostBpf.BpfInstruction;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>A program in an engine, every access checked. The host's kernel runs it through a test run, if its verifier accepts it.</summary>
internal sealed class BytecodeProgram(IBytecodeEngine engine, BenchProgram program) : Benchmark
{
    /// <summary>Instructions of a round, about.</summary>
    private const long Instructions = 1_000_000;

    /// <inheritdoc/>
    public override string Name => $"{engine.Name}-{program.Name.Replace('_', '-')}";

    /// <inheritdoc/>
    public override string Does => $"{program.Does}, {engine.Name}";

    /// <inheritdoc/>
    public override BenchmarkGroup Group => BenchmarkGroup.Bytecode;

    /// <inheritdoc/>
    public override IEnumerable<int> SizesOf(IReadOnlyList<int> asked) => [1];

    /// <inheritdoc/>
    public override void SetUp(Workload workload, TrialSet set)
    {
        BenchMemory memory = set.Own(new BenchMemory(program.Memory));
        NoHelpers host = new();
        IBytecodeProgram loaded = engine.Load(program.Image, out _)!;
        long count = program.Instructions;
        long runs = Math.Max(1, Instructions / count);
        set.Add(new Trial(Contender.KernelSim, runs * count, () =>
        {
            for (long i = 0; i < runs; i++)
            {
                Run(loaded, host, memory);
            }
        }));
        if (set.CanHost())
        {
            AddHost(set, runs, count);
        }

        ProgramContenders.LackOthers(set);
    }

    private static unsafe void Run(IBytecodeProgram program, NoHelpers host, BenchMemory memory)
    {
        BytecodeRun run = new(host, null, (ulong)memory.Start, memory.Length);
        run.AddRegion(memory.Start, memory.Length, MemoryRegionKind.Packet, writable: true);
        program.Run(ref run);
        if (run.Fault is { } fault)
        {
            throw new InvalidOperationException(fault.ToString());
        }
    }

    private void AddHost(TrialSet set, long runs, long count)
    {
        byte[] memory = program.Memory;
        try
        {
            HostBpfMap map = set.Own(HostBpfMap.Create(HostMapType.Array, sizeof(uint), (uint)memory.Length, maxEntries: 1));
            map.Update(stackalloc byte[sizeof(uint)], memory);
            ulong[] instructions =
            [
                .. HostInstruction.LoadMapValue(1, map),
                HostInstruction.Set(2, memory.Length),
                .. MemoryMarshal.Cast<byte, ulong>(program.Bytes),
            ];
            HostBpfProgram loaded = set.Own(HostBpfProgram.Load(HostProgramType.SocketFilter, instructions));
            byte[] packet = new byte[64];
            set.Add(new Trial(Contender.Host, runs * count, () => loaded.TestRun(packet, (int)runs, out _)));
        }
        catch (Win32Exception)
        {
            set.Lack(Contender.Host, "the host's verifier refuses the program");
        }
    }
}
