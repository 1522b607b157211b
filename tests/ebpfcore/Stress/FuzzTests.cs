using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Stress;

/// <summary>Messages that no library would send.</summary>
public class FuzzTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 64)]
    public void Whatever_bytes_come_the_machine_goes_on_and_nothing_is_left_behind(int seed, int cpus)
    {
        using EbpfMachine machine = new(cpus, machine: new MachineOptions { PoolLimit = 64 << 20 });
        Random random = new(seed);
        EbpfUser[] users = [machine.User, machine.NewUser(new() { Administrator = true })];
        List<long> handles = [-1, 0, 1, machine.User.Device.Value, long.MaxValue, long.MinValue];
        foreach (EbpfUser user in users)
        {
            foreach (BpfMapType type in new[] { BpfMapType.Hash, BpfMapType.Array, BpfMapType.PercpuHash, BpfMapType.PercpuArray })
            {
                foreach (uint keySize in new uint[] { 1, 2, 4, 8, 13 })
                {
                    handles.Add(user.NewMap(type, keySize, (uint)random.Next(1, 20), (uint)random.Next(1, 40)).Handle.Value);
                }
            }
        }

        for (int i = 0; i < 30_000; i++)
        {
            byte[] message = new byte[random.Next(16) == 0 ? random.Next(1, 70_000) : random.Next(1, 120)];
            if (random.Next(3) == 0)
            {
                random.NextBytes(message);
            }

            if (message.Length >= 8)
            {
                int id = random.Next(20) == 0 ? random.Next() : random.Next(47);
                int length = random.Next(4) == 0 ? random.Next(ushort.MaxValue) : Math.Max(0, message.Length - (random.Next(2) * random.Next(20)));
                BitConverter.TryWriteBytes(message.AsSpan(0), (ushort)length);
                BitConverter.TryWriteBytes(message.AsSpan(4), id);
            }

            foreach (int at in new[] { 8, 16, 24, 32 })
            {
                if (message.Length >= at + 8 && random.Next(2) == 0)
                {
                    BitConverter.TryWriteBytes(message.AsSpan(at), handles[random.Next(handles.Count)]);
                }
            }

            if (message.Length >= 28 && BitConverter.ToInt32(message, 4) == (int)EbpfOperationId.CreateMap)
            {
                for (int at = 8; at < 24; at += 4)
                {
                    BitConverter.TryWriteBytes(message.AsSpan(at), random.Next(3) == 0 ? random.Next() : random.Next(20));
                }

                BitConverter.TryWriteBytes(message.AsSpan(32 <= message.Length - 8 ? 32 : 8), -1L);
            }

            users[random.Next(2)].Send(message, random.Next(3) == 0 ? 0 : random.Next(16) == 0 ? random.Next(70_000) : random.Next(200));
            Assert.Null(machine.Machine.StopRecord);
        }
    }

    [Fact]
    public void However_little_pool_there_is_a_request_succeeds_or_says_no_memory_and_nothing_leaks()
    {
        for (long limit = 0; limit < 400_000; limit += limit < 8000 ? 250 : 3000)
        {
            Machine machine = Machine.Boot(new MachineOptions { Processors = 3, PoolLimit = limit });
            NtStatus loaded = machine.LoadDriver(new EbpfCoreDriver(), out _);
            Assert.Contains(loaded, new[] { NtStatus.Success, NtStatus.NoMemory });
            if (loaded == NtStatus.Success)
            {
                EbpfUser user = new(machine.Processes.Create());
                foreach (BpfMapType type in new[] { BpfMapType.Hash, BpfMapType.Array, BpfMapType.PercpuHash, BpfMapType.PercpuArray })
                {
                    Use(user, type, 16);
                    Use(user, type, 4000);
                }
            }

            ShutdownReport report = machine.Shutdown();
            machine.Dispose();
            Assert.Empty(report.Leaks);
        }
    }

    private static void Use(EbpfUser user, BpfMapType type, uint valueSize)
    {
        Answer created = user.CreateMap(new EbpfMapDefinition { Type = type, KeySize = 4, ValueSize = valueSize, MaxEntries = 8 });
        if (!Succeeded(created))
        {
            return;
        }

        Assert.True(PerCpuLayout.TryCreate(type, valueSize, 3, out PerCpuLayout layout));
        TestMap map = new(user, created.As<CreateMapReply>().Handle, 4, layout);
        int stored = 0;
        for (uint i = 0; i < 30; i++)
        {
            Answer updated = map.Update(map.Key(i % 8), map.Value(1));
            stored += Succeeded(updated) ? 1 : 0;
        }

        Answer batch = map.UpdateBatch(Enumerable.Range(0, 4).Select(k => (map.Key((uint)k), map.Value(k))));
        Succeeded(batch);
        Answer read = map.GetBatch(4);
        if (read.Status != ResultConversions.ToNtStatus(EbpfResult.NoMoreKeys))
        {
            Succeeded(read);
        }

        for (uint i = 0; i < 8; i++)
        {
            Answer deleted = map.Delete(map.Key(i));
            if (deleted.Status != ResultConversions.ToNtStatus(EbpfResult.KeyNotFound))
            {
                Succeeded(deleted);
            }
        }
    }

    private static bool Succeeded(Answer answer)
    {
        Assert.Contains(
            answer.Status,
            new[] { NtStatus.Success, ResultConversions.ToNtStatus(EbpfResult.NoMemory), NtStatus.InsufficientResources });
        return answer.Status == NtStatus.Success;
    }
}
