using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>Maps with keys against a dictionary. Alone, since listening to the trace takes other loops through a batch.</summary>
[Collection(TraceCollection.Name)]
public class MapModelTests
{
    private const int Steps = 400;

    public static TheoryData<BpfMapType, int, uint, bool> Runs
    {
        get
        {
            TheoryData<BpfMapType, int, uint, bool> rows = [];
            foreach (BpfMapType type in MapTypes.Built.Select(row => row.Data))
            {
                rows.Add(type, 1, 4, false);
                rows.Add(type, 3, 4, true);
                rows.Add(type, 2, 8, false);
                rows.Add(type, 9, 11, false);
                rows.Add(type, 2, 23, true);
            }

            rows.Add(BpfMapType.LpmTrie, 2, 8, false);
            rows.Add(BpfMapType.LpmTrie, 2, 8, true);
            rows.Add(BpfMapType.LpmTrie, 3, 20, false);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_random_run_answers_as_a_dictionary_does(BpfMapType type, int cpus, uint keySize, bool traced)
    {
        using MachineEvents? listener = traced ? new MachineEvents() : null;
        using EbpfMachine machine = new(cpus);
        using MapModelRun run = new(machine, type, keySize, new Random(((int)type * 1000) + (cpus * 100) + (int)keySize));
        for (int step = 0; step < Steps; step++)
        {
            run.Step();
        }

        run.CheckAll();
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, machine.Driver.WaitingCount);
    }
}
