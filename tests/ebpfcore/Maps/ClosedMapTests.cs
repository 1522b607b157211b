using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>Requests about a map hold no reference to it: its epoch keeps it, whenever its handles are closed.</summary>
public class ClosedMapTests
{
    [Fact]
    public void Two_threads_that_used_one_map_leave_its_reference_counts_as_they_were()
    {
        using EbpfMachine machine = new(cpus: 2);
        TestMap map = machine.User.NewMap(BpfMapType.PercpuHash, maxEntries: 64);
        map.Fill(50);
        Assert.Equal(EbpfResult.Success, machine.Driver.ReferenceMap(2, out EbpfMap? kernelMap));
        (long, long) before = (kernelMap!.ReferenceCount, kernelMap.UserReferenceCount);
        HostThreads.Run(() => Use(machine, map, rounds: 300), () => Use(machine, map, rounds: 300));
        Assert.Equal(before, (kernelMap.ReferenceCount, kernelMap.UserReferenceCount));
        Assert.Equal((2, 1), before);
        Assert.Equal(50, map.Keys().Count);
        kernelMap.Dereference();
    }

    [Theory]
    [InlineData(BpfMapType.Hash)]
    [InlineData(BpfMapType.PercpuHash)]
    [InlineData(BpfMapType.PercpuArray)]
    [InlineData(BpfMapType.LruHash)]
    public void A_map_that_is_closed_while_another_thread_uses_it_answers_or_is_refused_and_leaves_nothing(BpfMapType type)
    {
        using EbpfMachine machine = new(cpus: 2);
        long current = NtHandle.Invalid.Value;
        TestMap first = machine.User.NewMap(type, maxEntries: 64);
        using var done = new CancellationTokenSource();
        int answers = 0;
        HostThreads.Run(
            () =>
            {
                EbpfUser user = new(machine.User.Process);
                for (int round = 0; round < 100; round++)
                {
                    TestMap made = user.NewMap(type, maxEntries: 64);
                    made.Update(made.Key(1), made.Value(1)).Expect(EbpfResult.Success);
                    int before = Volatile.Read(ref answers);
                    Volatile.Write(ref current, made.Handle.Value);
                    SpinWait.SpinUntil(() => Volatile.Read(ref answers) > before, 100);
                    user.Close(made.Handle).Expect(EbpfResult.Success);
                }

                done.Cancel();
            },
            () =>
            {
                EbpfUser user = new(machine.User.Process);
                while (!done.IsCancellationRequested)
                {
                    TestMap seen = new(user, new NtHandle(Volatile.Read(ref current)), 4, first.Layout);
                    Answer found = seen.Find(seen.Key(1));
                    Answer stored = seen.Update(seen.Key(1), seen.Value(1));
                    Assert.All([found, stored], a => Assert.Contains(a.Status, (NtStatus[])[NtStatus.Success, NtStatus.InvalidDeviceRequest]));
                    if (found.Status == NtStatus.Success)
                    {
                        Assert.Equal(seen.Value(1), found.Tail(8));
                        Volatile.Write(ref answers, answers + 1);
                    }
                }
            });
        Assert.NotEqual(0, answers);
        machine.User.Close(first.Handle).Expect(EbpfResult.Success);
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((0, 0), (machine.Driver.ObjectCount, machine.Driver.WaitingCount));
    }

    private static void Use(EbpfMachine machine, TestMap map, int rounds)
    {
        TestMap mine = new(new EbpfUser(machine.User.Process), map.Handle, (uint)map.KeySize, map.Layout);
        for (int round = 0; round < rounds; round++)
        {
            byte[] key = mine.Key((uint)(round % 50));
            mine.Find(key).Expect(EbpfResult.Success);
            mine.Update(key, mine.Value(round)).Expect(EbpfResult.Success);
            mine.NextKey(key);
        }
    }
}
