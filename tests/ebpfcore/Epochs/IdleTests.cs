using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt.Mm;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Epochs;

/// <summary>A second after whatever was done, with whatever type of map, nothing waits; after the maps, nothing is left of them.</summary>
public sealed class IdleTests : IDisposable
{
    private const int Cpus = 3;
    private const int Rounds = 120;
    private const uint Keys = 20;

    private readonly EbpfMachine _machine = new(Cpus);
    private readonly TestExtension _programType;
    private readonly MapProvider _mapType;

    public IdleTests()
    {
        _programType = TestExtension.Register(_machine.Machine);
        _mapType = new RecordingMapProvider().Provider();
        _machine.InKernel(current => Assert.Equal(NtStatus.Success, _machine.Machine.Nmr.Register(current, _mapType)));
    }

    public static TheoryData<BpfMapType> Types =>
    [
        .. MapTypes.Built, .. MapTypes.Circular, BpfMapType.LpmTrie, BpfMapType.ProgArray, BpfMapType.HashOfMaps, BpfMapType.ArrayOfMaps,
        BpfMapType.Ringbuf, BpfMapType.PerfEventArray, BpfMapType.Xskmap,
    ];

    public void Dispose()
    {
        _programType.Deregister(_machine.Machine);
        _machine.Dispose();
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Nothing_waits_a_second_after_everybody_worked_and_nothing_is_left_a_second_after_the_map(BpfMapType type)
    {
        (TestMap map, NtHandle[] others) = Create(type);
        using (ProgramMap programs = new(_machine, map))
        {
            HostThreads.Run(
            [
                .. Enumerable.Range(0, Cpus).Select(cpu => (Action)(() => RunPrograms(cpu, programs, map))),
                () => WorkInBatches(Mine(map)),
                () => WorkSingly(Mine(map), others),
            ]);
            Idle();
        }

        foreach (NtHandle handle in others)
        {
            _machine.User.Close(handle).Expect(EbpfResult.Success);
        }

        _machine.User.Close(map.Handle).Expect(EbpfResult.Success);
        Idle();
        Assert.Equal(0, _machine.Driver.ObjectCount);
        Assert.Equal((0, 0), _machine.Machine.Pool.Usage(new PoolTag("mpBE")));
        Assert.Equal((0, 0), _machine.Machine.Pool.Usage(new PoolTag("brBE")));

        // So the extension that provides the type can go at once.
        _machine.InKernel(current => Assert.Equal(NtStatus.Success, _machine.Machine.Nmr.Deregister(current, _mapType)));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_map_goes_with_its_last_handle_and_all_that_it_retired_although_no_time_passes(BpfMapType type)
    {
        (TestMap map, NtHandle[] others) = Create(type);
        HostThreads.Run(() => WorkInBatches(Mine(map)), () => WorkSingly(Mine(map), others));
        foreach (NtHandle handle in (NtHandle[])[.. others, map.Handle])
        {
            _machine.User.Close(handle).Expect(EbpfResult.Success);
        }

        Assert.Equal(0, _machine.Driver.ObjectCount);
        Assert.Equal((0, 0), _machine.Machine.Pool.Usage(new PoolTag("mpBE")));
        Assert.Equal((0, 0), _machine.Machine.Pool.Usage(new PoolTag("brBE")));
        _machine.InKernel(current => Assert.Equal(NtStatus.Success, _machine.Machine.Nmr.Deregister(current, _mapType)));
    }

    private void Idle()
    {
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _machine.Driver.WaitingCount);
    }

    private (TestMap Map, NtHandle[] Others) Create(BpfMapType type)
    {
        EbpfUser user = _machine.User;
        bool nests = type is BpfMapType.HashOfMaps or BpfMapType.ArrayOfMaps;
        NtHandle[] others = [.. Enumerable.Range(0, 3).Select(_ =>
            nests ? user.NewMap(BpfMapType.Hash).Handle : type == BpfMapType.ProgArray ? user.NewProgram() : NtHandle.Invalid)];
        others = [.. others.Where(h => h != NtHandle.Invalid)];
        bool isRing = type is BpfMapType.Ringbuf or BpfMapType.PerfEventArray;
        bool hasKeys = !isRing && type is not (BpfMapType.Queue or BpfMapType.Stack);
        TestMap map = user.NewMap(
            type,
            keySize: type == BpfMapType.LpmTrie ? 8u : hasKeys ? 4u : 0u,
            valueSize: others.Length > 0 || type == BpfMapType.Xskmap ? 4u : 8u,
            maxEntries: isRing ? 4096u : 32u,
            template: nests ? others[0] : null);
        return (map, others);
    }

    /// <summary>The same map through a device handle of this thread's own.</summary>
    private TestMap Mine(TestMap map) => new(new EbpfUser(_machine.User.Process), map.Handle, (uint)map.KeySize, map.Layout);

    // In a trie the number is a prefix length first; of the lengths over 32 nothing comes of it.
    private static byte[] Key(TestMap map, int i) => map.Key((uint)i % Keys);

    private void RunPrograms(int cpu, ProgramMap programs, TestMap map)
    {
        byte[] slot = new byte[map.Layout.ValueSize];
        for (int i = 0; i < Rounds; i++)
        {
            byte[] key = Key(map, i + cpu);
            _machine.Driver.RunProgram(cpu, context =>
            {
                context.MapUpdateElem(programs.Kernel, key, slot);
                context.MapLookupElem(programs.Kernel, key);
                context.MapLookupInnerMap(programs.Kernel, key);
                if (i % 3 == 0)
                {
                    context.MapDeleteElem(programs.Kernel, key);
                    context.MapLookupAndDeleteElem(programs.Kernel, key);
                }

                context.MapPushElem(programs.Kernel, slot, flags: 2);
                context.MapPopElem(programs.Kernel, slot);
                context.RingbufOutput(programs.Kernel, slot);
                context.PerfEventOutput(programs.Kernel, uint.MaxValue, slot);
            });
        }
    }

    private static void WorkInBatches(TestMap map)
    {
        for (int i = 0; i < Rounds; i++)
        {
            map.UpdateBatch(Enumerable.Range(i, 10).Select(n => (Key(map, n), map.Value(n))));
            map.GetBatch(15, delete: i % 4 == 0);
            map.DeleteBatch(Enumerable.Range(i, 5).Select(n => Key(map, n)));
        }
    }

    private void WorkSingly(TestMap map, NtHandle[] others)
    {
        EbpfUser user = new(_machine.User.Process);
        for (int i = 0; i < Rounds; i++)
        {
            map.Update(Key(map, i), map.Value(i));
            map.Find(Key(map, i), delete: i % 2 == 0);
            map.NextKey(Key(map, i));
            map.Delete(Key(map, i + 1));
            user.Send(EbpfOperationId.MapWriteData, new MapWriteDataRequest { MapHandle = map.Handle }, new byte[20]);
            if (others.Length > 0)
            {
                map.UpdateWithHandle(Key(map, i), others[i % others.Length]).Expect(EbpfResult.Success);
            }
        }
    }
}
