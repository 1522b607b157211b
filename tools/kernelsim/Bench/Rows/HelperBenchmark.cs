using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Programs;
using KernelSim.HostBpf;
using KernelSim.Protocol;
using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>
/// A program that finds the values of some keys of a map, in no order, and adds one to each. On the host these look-ups are unrolled, one run has
/// them all: the call and the start of the program hardly count.
/// </summary>
internal abstract class HelperBenchmark : Benchmark
{
    private const int Visited = 4096;
    private const int LookupHelper = 1;

    /// <inheritdoc/>
    public override BenchmarkGroup Group => BenchmarkGroup.Programs;

    /// <summary>The map's type on the simulated machine.</summary>
    protected abstract BpfMapType SimType { get; }

    /// <summary>The map's type on the host.</summary>
    protected abstract HostMapType HostType { get; }

    /// <inheritdoc/>
    public override void SetUp(Workload workload, TrialSet set)
    {
        uint[] keys = new ElementData(workload, slots: 1).Keys;
        uint[] visited = keys[..Math.Min(Visited, keys.Length)];
        SimProcess process = set.Own(SimProcess.Boot(workload.Machine));
        EbpfMap map = process.CreateMap(SimType, sizeof(uint), sizeof(ulong), (uint)keys.Length, o => set.Own(o), out _);
        process.Lab.Driver.RunProgram(0, context => Insert(context, map, keys));
        set.Add(new Trial(Contender.KernelSim, visited.Length, () => process.Lab.Driver.RunProgram(0, context => Count(context, map, visited))));
        if (set.CanHost())
        {
            HostBpfMap host = set.Own(HostBpfMap.Create(HostType, sizeof(uint), sizeof(ulong), (uint)keys.Length));
            byte[] zero = new byte[sizeof(ulong) * HostBpfMap.PossibleCpus];
            foreach (uint key in keys)
            {
                if (host.Update(BitConverter.GetBytes(key), zero) is not 0 and int result)
                {
                    throw new InvalidOperationException($"the host's map gave {result} for key {key}");
                }
            }

            HostBpfProgram program = set.Own(HostBpfProgram.Load(HostProgramType.SocketFilter, HostProgram(host, visited)));
            byte[] packet = new byte[64];
            set.Add(new Trial(Contender.Host, visited.Length, () => RunHost(program, packet)));
        }

        ProgramContenders.LackOthers(set);
    }

    private static void Insert(EbpfProgramContext context, EbpfMap map, uint[] keys)
    {
        ulong zero = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            context.MapUpdateElem(
                map, MemoryMarshal.AsBytes(keys.AsSpan(i, 1)), MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in zero)));
        }
    }

    private static void Count(EbpfProgramContext context, EbpfMap map, uint[] keys)
    {
        foreach (uint key in keys)
        {
            Increment(context, map, key);
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

    private static ulong[] HostProgram(HostBpfMap map, uint[] keys)
    {
        List<ulong> code = [];
        foreach (uint key in keys)
        {
            code.Add(BpfInstruction.StoreWord(BpfInstruction.FramePointer, -4, (int)key));
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
        if (program.TestRun(packet, 1, out _) is not 0 and int result)
        {
            throw new InvalidOperationException($"the test run gave {result}");
        }
    }
}
