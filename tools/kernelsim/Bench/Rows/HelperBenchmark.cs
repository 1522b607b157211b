using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Programs;
using KernelSim.HostBpf;
using KernelSim.Protocol;
using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>
/// A program that finds the values of 64 keys and adds one to each. On the host the 64 look-ups are unrolled, and one call runs the program
/// many times: the call and the start of the program hardly count.
/// </summary>
internal abstract class HelperBenchmark : Benchmark
{
    private const int Keys = 64;
    private const int Runs = 64;
    private const int LookupHelper = 1;

    /// <inheritdoc/>
    public override BenchmarkGroup Group => BenchmarkGroup.Programs;

    /// <inheritdoc/>
    public override IEnumerable<int> SizesOf(IReadOnlyList<int> asked) => [Keys];

    /// <summary>The map's type on the simulated machine.</summary>
    protected abstract BpfMapType SimType { get; }

    /// <summary>The map's type on the host.</summary>
    protected abstract HostMapType HostType { get; }

    /// <inheritdoc/>
    public override void SetUp(Workload workload, TrialSet set)
    {
        SimProcess process = set.Own(SimProcess.Boot(workload.Machine));
        EbpfMap map = process.CreateMap(SimType, sizeof(uint), sizeof(ulong), Keys, o => set.Own(o), out _);
        process.Lab.Driver.RunProgram(0, context => Insert(context, map));
        set.Add(new Trial(Contender.KernelSim, Keys * Runs, () => process.Lab.Driver.RunProgram(0, context => Count(context, map))));
        if (set.CanHost())
        {
            HostBpfMap host = set.Own(HostBpfMap.Create(HostType, sizeof(uint), sizeof(ulong), Keys));
            ulong[] zero = new ulong[HostBpfMap.PossibleCpus];
            for (uint key = 0; key < Keys; key++)
            {
                _ = host.Update(BitConverter.GetBytes(key), MemoryMarshal.AsBytes(zero.AsSpan()));
            }

            HostBpfProgram program = set.Own(HostBpfProgram.Load(HostProgramType.SocketFilter, HostProgram(host)));
            byte[] packet = new byte[64];
            set.Add(new Trial(Contender.Host, Keys * Runs, () => RunHost(program, packet)));
        }

        ProgramContenders.LackOthers(set);
    }

    private static void Insert(EbpfProgramContext context, EbpfMap map)
    {
        ulong zero = 0;
        for (uint key = 0; key < Keys; key++)
        {
            context.MapUpdateElem(
                map, MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in key)), MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in zero)));
        }
    }

    private static void Count(EbpfProgramContext context, EbpfMap map)
    {
        for (int run = 0; run < Runs; run++)
        {
            for (uint key = 0; key < Keys; key++)
            {
                Increment(context, map, key);
            }
        }
    }

    private static unsafe void Increment(EbpfProgramContext context, EbpfMap map, uint key)
    {
        byte* value = context.MapLookupElem(map, (byte*)&key);
        if (value == null)
        {
            throw new InvalidOperationException("a key of the map was not found");
        }

        ++*(ulong*)value;
    }

    private static ulong[] HostProgram(HostBpfMap map)
    {
        List<ulong> code = [];
        for (int key = 0; key < Keys; key++)
        {
            code.Add(BpfInstruction.StoreWord(BpfInstruction.FramePointer, -4, key));
            code.AddRange(BpfInstruction.LoadMap(1, map));
            code.Add(BpfInstruction.Move(2, BpfInstruction.FramePointer));
            code.Add(BpfInstruction.Add(2, -4));
            code.Add(BpfInstruction.Call(LookupHelper));
            code.Add(BpfInstruction.SkipIfZero(0, 3));
            code.Add(BpfInstruction.Load(1, 0, 0));
            code.Add(BpfInstruction.Add(1, 1));
            code.Add(BpfInstruction.Store(0, 0, 1));
        }

        return [.. code, BpfInstruction.Set(0, 0), BpfInstruction.Exit()];
    }

    private static void RunHost(HostBpfProgram program, byte[] packet)
    {
        if (program.TestRun(packet, Runs, out _) is not 0 and int result)
        {
            throw new InvalidOperationException($"the test run gave {result}");
        }
    }
}
