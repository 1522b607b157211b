using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Rings;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Stress;

/// <summary>Maps of all types that several processes and programs use, replace and close at once, while processes are killed.</summary>
public class EverythingAtOnceTests
{
    private const int Cpus = 3;
    private const int Rounds = 250;

    private static readonly BpfMapType[] s_types =
    [
        BpfMapType.Hash, BpfMapType.Array, BpfMapType.PercpuHash, BpfMapType.PercpuArray, BpfMapType.LruHash, BpfMapType.LruPercpuHash,
        BpfMapType.LpmTrie, BpfMapType.Queue, BpfMapType.Stack, BpfMapType.HashOfMaps, BpfMapType.ArrayOfMaps, BpfMapType.Ringbuf,
        BpfMapType.PerfEventArray, BpfMapType.Xskmap,
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_they_do_to_each_other_the_machine_goes_on_and_nothing_is_left(int seed)
    {
        using EbpfMachine machine = new(Cpus);
        MapProvider provider = new RecordingMapProvider { HasNumbers = false }.Provider();
        machine.InKernel(current => Assert.Equal(NtStatus.Success, machine.Machine.Nmr.Register(current, provider)));
        HostThreads.Run(
        [
            .. Enumerable.Range(0, 3).Select(i => (Action)(() => Use(machine, new Random((seed * 100) + i)))),
            .. Enumerable.Range(0, Cpus).Select(cpu => (Action)(() => RunPrograms(machine, cpu, new Random((seed * 1000) + cpu)))),
            () => Kill(machine),
        ]);
        machine.Machine.Processes.All.ToList().ForEach(p => p.Terminate(NtStatus.Success));
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(machine.Machine.StopRecord);
        Assert.Equal((0, 0), (machine.Driver.ObjectCount, machine.Driver.WaitingCount));
        machine.InKernel(current => Assert.Equal(NtStatus.Success, machine.Machine.Nmr.Deregister(current, provider)));
    }

    private static void Kill(EbpfMachine machine)
    {
        for (int i = 0; i < Rounds / 10; i++)
        {
            EbpfUser victim = machine.NewUser();
            try
            {
                for (uint id = 0; Open(victim, ref id, out NtHandle map);)
                {
                    _ = new PendingQuery(victim, map);
                    Ask(victim, map, new Random(i));
                }
            }
            finally
            {
                victim.Process.Terminate(NtStatus.ProcessIsTerminating);
            }

            machine.Machine.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    private static void Use(EbpfMachine machine, Random random)
    {
        EbpfUser user = machine.NewUser();
        Queue<NtHandle> own = new();
        for (int i = 0; i < Rounds; i++)
        {
            if (own.Count < 6)
            {
                own.Enqueue(Create(user, s_types[random.Next(s_types.Length)]));
            }

            uint id = (uint)random.Next(8 + i);
            if (Open(user, ref id, out NtHandle map))
            {
                Ask(user, map, random);
                user.Close(map).Expect(EbpfResult.Success);
            }

            Ask(user, own.Peek(), random);
            if (random.Next(3) == 0)
            {
                user.Close(own.Dequeue()).Expect(EbpfResult.Success);
            }
        }
    }

    private static NtHandle Create(EbpfUser user, BpfMapType type)
    {
        bool isRing = type is BpfMapType.Ringbuf or BpfMapType.PerfEventArray;
        bool nests = type is BpfMapType.HashOfMaps or BpfMapType.ArrayOfMaps;
        NtHandle? template = nests ? Create(user, BpfMapType.Hash) : null;
        NtHandle handle = user.NewMap(
            type,
            keySize: type == BpfMapType.LpmTrie ? 8u : isRing || type is BpfMapType.Queue or BpfMapType.Stack ? 0u : 4u,
            valueSize: nests || type == BpfMapType.Xskmap ? 4u : 8u,
            maxEntries: isRing ? 4096u : 16u,
            template: template).Handle;
        if (template is { } inner)
        {
            user.Close(inner).Expect(EbpfResult.Success);
        }

        return handle;
    }

    /// <summary>The next map with an id above one.</summary>
    private static bool Open(EbpfUser user, ref uint id, out NtHandle map)
    {
        map = NtHandle.Invalid;
        for (Answer next; (next = user.NextId(EbpfOperationId.GetNextMapId, id)).Status == NtStatus.Success;)
        {
            id = next.As<GetNextIdReply>().NextId;
            Answer opened = user.HandleById(EbpfOperationId.GetMapHandleById, id);
            if (opened.Status == NtStatus.Success)
            {
                map = opened.As<GetHandleByIdReply>().Handle;
                return true;
            }
        }

        return false;
    }

    /// <summary>Some of everything that can be asked of a map of its type, with the right sizes.</summary>
    private static void Ask(EbpfUser user, NtHandle handle, Random random)
    {
        BpfMapInfo info = MemoryMarshal.Read<BpfMapInfo>(user.Info(handle).Expect(EbpfResult.Success).Tail(12));
        Assert.True(PerCpuLayout.TryCreate(info.Type, info.ValueSize, Cpus, out PerCpuLayout layout));
        TestMap map = new(user, handle, info.KeySize, layout);
        byte[] key = map.Key((uint)random.Next(24));
        map.Update(key, map.Value(random.Next()), (EbpfMapOption)random.Next(3));
        map.UpdateBatch(Enumerable.Range(0, 5).Select(i => (map.Key((uint)i), map.Value(i))));
        map.Find(key, delete: random.Next(2) == 0);
        map.GetBatch(random.Next(10), delete: random.Next(3) == 0);
        map.NextKey(key);
        map.Delete(key);
        user.Send(EbpfOperationId.MapWriteData, new MapWriteDataRequest { MapHandle = handle }, new byte[random.Next(300)]);
        NtHandle inner = Create(user, BpfMapType.Hash);
        map.UpdateWithHandle(key, inner);

        // Itself too: a map that holds itself goes when its handles do, but none fits its own template.
        map.UpdateWithHandle(map.Key(3), handle);
        user.Close(inner).Expect(EbpfResult.Success);
    }

    private static void RunPrograms(EbpfMachine machine, int cpu, Random random)
    {
        EbpfUser user = machine.NewUser();
        for (int i = 0; i < Rounds * 2; i++)
        {
            uint id = (uint)random.Next(8 + i);
            if (machine.Driver.ReferenceMap(id, out EbpfMap? map) != EbpfResult.Success)
            {
                continue;
            }

            byte[] key = new byte[map!.Definition.KeySize];
            key.AsSpan(0, Math.Min(1, key.Length)).Fill((byte)random.Next(20));
            byte[] value = new byte[map.Definition.ValueSize];
            if (machine.Driver.ReserveRecord(map, cpu, 40, out RingRecord? record) == EbpfResult.Success && random.Next(2) == 0)
            {
                record!.Discard();
                record = null;
            }

            machine.Driver.RunProgram(cpu, context =>
            {
                context.MapUpdateElem(map, key, value);
                if (context.MapLookupInnerMap(map, key) is { } inner)
                {
                    context.MapUpdateElem(inner, new byte[4], new byte[8]);
                }

                context.MapLookupElem(map, key);
                context.MapPushElem(map, value, flags: 2);
                context.MapPopElem(map, value);
                context.RingbufOutput(map, value);
                context.PerfEventOutput(map, uint.MaxValue, value);
                _ = random.Next(3) == 0 ? context.MapDeleteElem(map, key) : 0;
            });
            record?.Submit();
            map.Dereference();
        }

        user.Process.Terminate(NtStatus.Success);
    }
}
