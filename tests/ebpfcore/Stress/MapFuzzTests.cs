using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Stress;

/// <summary>Maps of any type and of sizes that nobody wants, asked anything, with as many bytes as it takes or some more or fewer.</summary>
public class MapFuzzTests
{
    private const int Maps = 120;
    private const int Requests = 40;

    private static readonly uint[] s_sizes =
        [0, 1, 2, 3, 4, 4, 4, 5, 7, 8, 8, 9, 16, 64, 255, 4096, 32767, 65507, 65511, 65515, 65535, 65536, 0x7FFFFFFF, uint.MaxValue];

    private static readonly uint[] s_entries = [0, 1, 2, 3, 10, 64, 4096, 4096, 8192, 16384, 1 << 20, 0x80000000, uint.MaxValue];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 9)]
    [InlineData(4, 64)]
    public void Whatever_a_map_is_like_it_can_be_asked_and_goes_without_a_trace(int seed, int cpus)
    {
        using EbpfMachine machine = new(cpus, machine: new MachineOptions { PoolLimit = 256 << 20 });
        Random random = new(seed);
        TestExtension programType = TestExtension.Register(machine.Machine);
        MapProvider[] providers =
        [
            new RecordingMapProvider { HasNumbers = false }.Provider(BpfMapType.SampleHashMap),
            new RecordingMapProvider(rewrites: true, actualValueSize: 24) { HasNumbers = false }.Provider(BpfMapType.Xskmap),
        ];
        Array.ForEach(providers, p => machine.InKernel(current => machine.Machine.Nmr.Register(current, p)));
        NtHandle[] objects = [NtHandle.Invalid, machine.User.NewProgram(), machine.User.NewMap(BpfMapType.Hash).Handle, machine.User.Device];
        int created = 0;
        for (int i = 0; i < Maps; i++)
        {
            BpfMapType type = (BpfMapType)random.Next((int)BpfMapType.Hash, (int)BpfMapType.Xskmap + 1);
            bool isObjects = type is BpfMapType.HashOfMaps or BpfMapType.ArrayOfMaps or BpfMapType.ProgArray;
            bool hasKeys = type is not (BpfMapType.Queue or BpfMapType.Stack or BpfMapType.Ringbuf);
            EbpfMapDefinition definition = new()
            {
                Type = type,
                KeySize = hasKeys || random.Next(9) == 0 ? s_sizes[random.Next(s_sizes.Length)] : 0,
                ValueSize = isObjects && random.Next(9) != 0 ? 4 : s_sizes[random.Next(s_sizes.Length)],
                MaxEntries = s_entries[random.Next(s_entries.Length)],
            };
            Answer answer = machine.User.CreateMap(definition, innerMap: isObjects ? objects[2].Value : -1);
            Assert.Null(machine.Machine.StopRecord);
            if (answer.Status == NtStatus.Success)
            {
                created++;
                Ask(machine, definition, answer.As<CreateMapReply>().Handle, objects, random);
            }
        }

        // What is left of the maps is memory that waits, and the program and the map to put into others.
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((2, 0), (machine.Driver.ObjectCount, machine.Driver.WaitingCount));
        Assert.True(created > Maps / 3);
        Array.ForEach(providers, p => machine.InKernel(current => Assert.Equal(NtStatus.Success, machine.Machine.Nmr.Deregister(current, p))));
        machine.User.Process.Terminate(NtStatus.Success);
        programType.Deregister(machine.Machine);
    }

    [Theory]
    [InlineData(BpfMapType.LruHash)]
    [InlineData(BpfMapType.LruPercpuHash)]
    [InlineData(BpfMapType.LpmTrie)]
    [InlineData(BpfMapType.Queue)]
    [InlineData(BpfMapType.Stack)]
    [InlineData(BpfMapType.HashOfMaps)]
    [InlineData(BpfMapType.ArrayOfMaps)]
    [InlineData(BpfMapType.Ringbuf)]
    [InlineData(BpfMapType.PerfEventArray)]
    [InlineData(BpfMapType.SampleHashMap)]
    [InlineData(BpfMapType.Xskmap)]
    public void With_any_little_pool_a_map_can_be_asked_and_goes_without_a_trace(BpfMapType type)
    {
        for (long limit = 6000; limit < 160_000; limit += limit < 12_000 ? 300 : 4000)
        {
            Machine machine = Machine.Boot(new MachineOptions { Processors = 3, PoolLimit = limit });
            if (machine.LoadDriver(new EbpfCoreDriver(), out _) == NtStatus.Success)
            {
                EbpfUser user = new(machine.Processes.Create());
                MapProvider provider = new RecordingMapProvider(rewrites: type == BpfMapType.Xskmap, actualValueSize: 8)
                    .Provider(MapTypeTable.Find(type)!.IsCustom ? type : BpfMapType.Xskmap);
                using (KernelScope kernel = machine.EnterKernel())
                {
                    machine.Nmr.Register(kernel.Thread, provider);
                }

                Use(user, type);
                user.Process.Terminate(NtStatus.Success);
                machine.Clock.Advance(TimeSpan.FromSeconds(1));
                using (KernelScope kernel = machine.EnterKernel())
                {
                    Assert.Equal(NtStatus.Success, machine.Nmr.Deregister(kernel.Thread, provider));
                }
            }

            Assert.Null(machine.StopRecord);
            ShutdownReport report = machine.Shutdown();
            machine.Dispose();
            Assert.Empty(report.Leaks);
        }
    }

    private static void Use(EbpfUser user, BpfMapType type)
    {
        bool isRing = type is BpfMapType.Ringbuf or BpfMapType.PerfEventArray;
        bool nests = type is BpfMapType.HashOfMaps or BpfMapType.ArrayOfMaps;
        uint keySize = type == BpfMapType.LpmTrie ? 8u : isRing || type is BpfMapType.Queue or BpfMapType.Stack ? 0u : 4u;
        EbpfMapDefinition definition = new() { Type = BpfMapType.Hash, KeySize = 4, ValueSize = 8, MaxEntries = 4 };
        Answer inner = user.CreateMap(definition);
        NtHandle template = inner.Status == NtStatus.Success ? inner.As<CreateMapReply>().Handle : NtHandle.Invalid;
        definition = new() { Type = type, KeySize = keySize, ValueSize = nests ? 4u : 8u, MaxEntries = isRing ? 4096u : 6u };
        Answer created = user.CreateMap(definition, innerMap: nests ? template.Value : -1);
        if (created.Status != NtStatus.Success)
        {
            return;
        }

        Assert.True(PerCpuLayout.TryCreate(type, definition.ValueSize, 3, out PerCpuLayout layout));
        TestMap map = new(user, created.As<CreateMapReply>().Handle, keySize, layout);
        for (uint i = 0; i < 12; i++)
        {
            map.Update(map.Key(i), map.Value(1));
            map.UpdateWithHandle(map.Key(i), template);
            user.Send(EbpfOperationId.MapWriteData, new MapWriteDataRequest { MapHandle = map.Handle }, new byte[900]);
            map.Find(map.Key(i / 2), delete: i % 2 == 0);
            map.GetBatch(3, delete: i % 5 == 0);
        }

        map.DeleteBatch([map.Key(0), map.Key(1)]);
    }

    private static void Ask(EbpfMachine machine, EbpfMapDefinition definition, NtHandle handle, NtHandle[] objects, Random random)
    {
        EbpfUser user = machine.User;
        uint cpus = (uint)machine.Machine.Processors.Count;
        ulong value = definition.Type is BpfMapType.PercpuHash or BpfMapType.PercpuArray or BpfMapType.LruPercpuHash
            ? PerCpuLayout.Pad8(definition.ValueSize) * cpus
            : definition.ValueSize;
        for (int i = 0; i < Requests; i++)
        {
            byte[] key = Bytes(definition.KeySize, random);
            int room = Around(value, random);
            EbpfMapOption option = (EbpfMapOption)random.Next(4);
            byte flag = (byte)random.Next(2);
            _ = random.Next(11) switch
            {
                0 => user.Send(EbpfOperationId.MapFindElement, new MapFindElementRequest { Handle = handle, FindAndDelete = flag }, key, 8 + room),
                1 or 2 => user.Send(
                    EbpfOperationId.MapUpdateElement,
                    new MapUpdateElementRequest { Handle = handle, Option = option },
                    [.. key, .. Bytes(value, random)]),
                3 => user.Send(EbpfOperationId.MapDeleteElement, new MapDeleteElementRequest { Handle = handle }, key),
                4 => user.Send(
                    EbpfOperationId.MapGetNextKey,
                    new MapGetNextKeyRequest { Handle = handle },
                    flag == 0 ? [] : key,
                    16 + Around(definition.KeySize, random)),
                5 => user.Send(
                    EbpfOperationId.MapUpdateElementBatch,
                    new MapUpdateElementBatchRequest { Handle = handle, Option = option },
                    Repeat([.. key, .. Bytes(value, random)], random),
                    12),
                6 => user.Send(
                    EbpfOperationId.MapDeleteElementBatch, new MapDeleteElementBatchRequest { Handle = handle }, Repeat(key, random), 12),
                7 => user.Send(
                    EbpfOperationId.MapGetNextKeyValueBatch,
                    new MapGetNextKeyValueBatchRequest { Handle = handle, FindAndDelete = flag },
                    random.Next(2) == 0 ? [] : key,
                    random.Next(8, 65_536)),
                8 => user.Send(
                    EbpfOperationId.MapUpdateElementWithHandle,
                    new MapUpdateElementWithHandleRequest { MapHandle = handle, ValueHandle = objects[random.Next(objects.Length)], Option = option },
                    key),
                9 => user.Send(EbpfOperationId.MapWriteData, new MapWriteDataRequest { MapHandle = handle }, Bytes((ulong)random.Next(5000), random)),
                _ => Run(machine, handle, definition, random),
            };
            Assert.Null(machine.Machine.StopRecord);
        }

        user.Close(handle).Expect(EbpfResult.Success);
    }

    /// <summary>All helpers for maps, in a row.</summary>
    private static Answer? Run(EbpfMachine machine, NtHandle handle, EbpfMapDefinition definition, Random random)
    {
        if (definition.KeySize > 1 << 20 || definition.ValueSize > 1 << 20)
        {
            return null;
        }

        byte[] key = new byte[definition.KeySize];
        byte[] value = new byte[definition.ValueSize];
        random.NextBytes(value);
        key.AsSpan(0, Math.Min(1, key.Length)).Fill((byte)random.Next(4));
        Assert.Equal(EbpfResult.Success, machine.Driver.ReferenceMap(machine.User.Process, handle, out EbpfMap? map));
        machine.Driver.RunProgram(random.Next(machine.Machine.Processors.Count), context =>
        {
            context.MapUpdateElem(map!, key, value, (ulong)random.Next(4));
            context.MapLookupElem(map!, key);
            context.MapLookupInnerMap(map!, key);
            context.MapPushElem(map!, value, (ulong)random.Next(4));
            context.MapPeekElem(map!, value);
            context.MapPopElem(map!, value);
            context.RingbufOutput(map!, value);
            context.PerfEventOutput(map!, uint.MaxValue, value);
            _ = random.Next(2) == 0 ? context.MapDeleteElem(map!, key) : context.MapLookupAndDeleteElem(map!, key).Length;
        });
        map!.Dereference();
        return null;
    }

    private static int Around(ulong size, Random random) =>
        (int)Math.Clamp((long)Math.Min(size, 65_536) + (random.Next(4) == 0 ? random.Next(-2, 3) : 0), 0, 65_536);

    /// <summary>As many bytes as a size asks for, or a few more or less; few different ones.</summary>
    private static byte[] Bytes(ulong size, Random random)
    {
        byte[] bytes = new byte[Math.Min(Around(size, random), 32_000 + (random.Next(3) * 17_000))];
        bytes.AsSpan(0, Math.Min(1, bytes.Length)).Fill((byte)random.Next(6));
        return bytes;
    }

    private static byte[] Repeat(byte[] record, Random random) =>
        [.. Enumerable.Repeat(record, record.Length == 0 ? 0 : random.Next(Math.Min(4, (65_000 / record.Length) + 1))).SelectMany(r => r)];
}
