using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>LRU maps against a naive model of the same generations, step by step.</summary>
public class LruModelTests
{
    public static TheoryData<int, uint, int> Runs
    {
        get
        {
            TheoryData<int, uint, int> rows = [];
            foreach (int cpus in (int[])[1, 2, 3, 8, 11])
            {
                foreach (uint maxEntries in (uint[])[1, 3, 10, 64, 200])
                {
                    rows.Add(cpus, maxEntries, cpus + (int)maxEntries);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_random_run_keeps_the_keys_that_the_model_keeps(int cpus, uint maxEntries, int seed)
    {
        using EbpfMachine machine = new(cpus);
        TestMap map = machine.User.NewMap(BpfMapType.LruHash, maxEntries: maxEntries);
        using ProgramMap program = new(machine, map);
        LruModel model = new(cpus, maxEntries);
        Random random = new(seed);
        for (int step = 0; step < 1500; step++)
        {
            int cpu = random.Next(cpus);
            uint number = (uint)random.Next((int)maxEntries * 2);
            byte[] key = map.Key(number);
            ulong now = machine.Machine.Clock.InterruptTime;
            switch (random.Next(8))
            {
                case < 4:
                    EbpfMapOption option = (EbpfMapOption)random.Next(3);
                    Assert.Equal(-(int)model.Update(cpu, number, now, option), program.Update(cpu, key, map.Value(step), (ulong)option));
                    break;
                case < 6:
                    Assert.Equal(model.Contains(number), program.Lookup(cpu, key) is not null);
                    model.Find(cpu, number, now);
                    break;
                case 6 when random.Next(4) == 0:
                    Assert.Equal(model.Contains(number), program.Delete(cpu, key) == 0);
                    model.Delete(number);
                    break;
                case 6:
                    Assert.Equal(model.Contains(number), map.Find(key).Status == NtStatus.Success);
                    break;
                default:
                    machine.Machine.Clock.Advance(TimeSpan.FromTicks(random.Next(3)));
                    break;
            }

            if (step % 25 == 0)
            {
                Assert.Equal(model.Keys.Order(), map.Keys().Select(k => TestMap.Number(k)).Order());
            }
        }
    }
}
