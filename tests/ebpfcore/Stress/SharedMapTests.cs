using System.Buffers.Binary;
using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Stress;

/// <summary>
/// Host threads, each a process of its own, on one map. Whatever they do to each other, a value that is read is one that was written,
/// whole, and nothing is left behind.
/// </summary>
public class SharedMapTests
{
    private const int Rounds = 1500;
    private const uint Keys = 96;
    private const int Words = 6;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_value_read_while_others_replace_and_delete_it_is_a_whole_value_of_that_key(int cpus)
    {
        using EbpfMachine machine = new(cpus);
        TestMap map = machine.User.NewMap(BpfMapType.Hash, valueSize: Words * 8, maxEntries: 16);
        uint id = MemoryMarshal.Read<BpfMapInfo>(machine.User.Info(map.Handle).Expect(EbpfResult.Success).Tail(12)).Id;
        HostThreads.Run(
            () => Each(machine, id, WriteInBatches),
            () => Each(machine, id, WriteAndDelete),
            () => Each(machine, id, ReadInBatches),
            () => Each(machine, id, ReadAndDeleteInBatches));
    }

    [Fact]
    public void A_map_whose_last_handle_closes_while_others_use_it_goes_when_they_are_done()
    {
        using EbpfMachine machine = new(cpus: 3);
        HostThreads.Run(() => CreateUseClose(machine), () => CreateUseClose(machine), () => OpenByIdUseClose(machine));
        machine.Machine.Processes.All.ToList().ForEach(p => p.Terminate(NtStatus.Success));
        machine.Machine.Clock.Advance(TimeSpan.FromMilliseconds(1));
        machine.Machine.Clock.Advance(TimeSpan.FromMilliseconds(1));
        machine.Machine.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, machine.Driver.ObjectCount);
    }

    [Fact]
    public void Killing_a_process_in_the_middle_of_its_batches_leaves_nothing_behind()
    {
        for (int i = 0; i < 20; i++)
        {
            using EbpfMachine machine = new(cpus: 2);
            TestMap map = machine.User.NewMap(BpfMapType.PercpuHash, maxEntries: 1024);
            uint id = MemoryMarshal.Read<BpfMapInfo>(machine.User.Info(map.Handle).Tail(12)).Id;
            EbpfUser victim = machine.NewUser();
            using ManualResetEventSlim started = new();
            HostThreads.Run(
                () => Until(victim, () =>
                {
                    TestMap own = Open(victim, id, 8, BpfMapType.PercpuHash);
                    for (; ; )
                    {
                        own.UpdateBatch(Enumerable.Range(0, 200).Select(k => (own.Key((uint)k), own.Value(k))));
                        started.Set();
                        own.GetBatch(200, delete: true);
                    }
                }),
                () =>
                {
                    started.WaitFor("the program to start");
                    victim.Process.Terminate(NtStatus.ProcessIsTerminating);
                });
        }
    }

    private static void Until(EbpfUser victim, Action work)
    {
        try
        {
            work();
        }
        catch (Exception) when (victim.Process.HasExited)
        {
            // The process ended under it.
        }
    }

    private static TestMap Open(EbpfUser user, uint id, uint valueSize, BpfMapType type = BpfMapType.Hash)
    {
        NtHandle handle = user.HandleById(EbpfOperationId.GetMapHandleById, id).Expect(EbpfResult.Success).As<GetHandleByIdReply>().Handle;
        Assert.True(PerCpuLayout.TryCreate(type, valueSize, user.Gate.MaximumProcessorCount, out PerCpuLayout layout));
        return new TestMap(user, handle, 4, layout);
    }

    private static void Each(EbpfMachine machine, uint id, Action<TestMap, int> round)
    {
        TestMap map = Open(machine.NewUser(), id, Words * 8);
        for (int i = 0; i < Rounds; i++)
        {
            round(map, i);
        }
    }

    private static byte[] Value(uint key, int round)
    {
        byte[] value = new byte[Words * 8];
        for (int i = 0; i < Words; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(value.AsSpan(i * 8), ((ulong)key << 32) | (uint)round);
        }

        return value;
    }

    private static void Check(uint key, ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(value);
        for (int i = 0; i < Words; i++)
        {
            Assert.Equal(words[0], words[i]);
        }

        Assert.Equal(key, (uint)(words[0] >> 32));
    }

    private static void WriteInBatches(TestMap map, int round) =>
        map.UpdateBatch(Enumerable.Range(0, (int)Keys).Select(k => (map.Key((uint)k), Value((uint)k, round)))).Expect(EbpfResult.Success);

    private static void WriteAndDelete(TestMap map, int round)
    {
        for (uint i = 0; i < 8; i++)
        {
            uint key = (((uint)round * 37) + (i * 11)) % Keys;
            map.Update(map.Key(key), Value(key, round)).Expect(EbpfResult.Success);
            Answer found = map.Find(map.Key(key));
            if (found.Status == NtStatus.Success)
            {
                Check(key, found.Tail(8));
            }

            map.Delete(map.Key(key));
        }
    }

    private static void ReadInBatches(TestMap map, int round)
    {
        Answer answer = map.GetBatch((int)Keys * 2);
        if (answer.Status == NtStatus.Success)
        {
            foreach ((byte[] key, byte[] value) in map.Records(answer))
            {
                Check(TestMap.Number(key), value);
            }
        }
    }

    private static void ReadAndDeleteInBatches(TestMap map, int round)
    {
        Answer answer = map.GetBatch(1 + (round % 50), delete: true);
        if (answer.Status == NtStatus.Success)
        {
            foreach ((byte[] key, byte[] value) in map.Records(answer))
            {
                Check(TestMap.Number(key), value);
            }
        }
    }

    private static void CreateUseClose(EbpfMachine machine)
    {
        EbpfUser user = machine.NewUser();
        for (int i = 0; i < 300; i++)
        {
            TestMap map = user.NewMap(i % 2 == 0 ? BpfMapType.Hash : BpfMapType.PercpuArray, valueSize: Words * 8, maxEntries: 200);
            map.Fill(100);
            user.Close(map.Handle).Expect(EbpfResult.Success);
        }
    }

    private static void OpenByIdUseClose(EbpfMachine machine)
    {
        EbpfUser user = machine.NewUser();
        for (int i = 0; i < 1000; i++)
        {
            Answer next = user.NextId(EbpfOperationId.GetNextMapId, 0);
            if (next.Status != NtStatus.Success)
            {
                continue;
            }

            Answer opened = user.HandleById(EbpfOperationId.GetMapHandleById, next.As<GetNextIdReply>().NextId);
            if (opened.Status == NtStatus.Success)
            {
                NtHandle handle = opened.As<GetHandleByIdReply>().Handle;
                Assert.True(PerCpuLayout.TryCreate(BpfMapType.Hash, Words * 8, 3, out PerCpuLayout layout));
                new TestMap(user, handle, 4, layout).GetBatch(100, delete: true);
                user.Close(handle).Expect(EbpfResult.Success);
            }
        }
    }
}
