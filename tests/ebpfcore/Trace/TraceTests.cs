using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Programs;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Tests.Trace;

/// <summary>What the driver tells a trace.</summary>
[Collection(TraceCollection.Name)]
public sealed class TraceTests : IDisposable
{
    private const int Cpus = 3;

    private readonly MachineEvents _listener = new();
    private readonly EbpfMachine _machine;

    public TraceTests() =>
        _machine = new EbpfMachine(Cpus, machine: new MachineOptions { RequestIdBase = _listener.RequestIdBase });

    public void Dispose()
    {
        _machine.Dispose();
        _listener.Dispose();
    }

    [Theory]
    [MemberData(nameof(MapTypes.Built), MemberType = typeof(MapTypes))]
    public void An_update_batch_traces_each_copy_from_system_buffer_to_store_and_a_read_each_way_back(BpfMapType type)
    {
        TestMap map = _machine.User.NewMap(type, valueSize: 12);
        _listener.Clear();
        map.Fill(5);
        ulong buffer = Assert.Single(Copies(CopyStage.BufferIn)).Address("destination");
        List<RecordedEvent> stores = [.. Copies(CopyStage.MapStore)];
        Assert.Equal([0L, 1, 2, 3, 4], stores.Select(c => c.Number("element")));
        Assert.All(stores, c => Assert.Equal((-1, map.ValueBytes), (c.Number("slot"), c.Number("bytes"))));
        Assert.Equal(
            Enumerable.Range(0, 5).Select(i => buffer + 20 + (ulong)((i * map.RecordBytes) + map.KeySize)),
            stores.Select(c => c.Address("source")));
        Assert.Equal(5, stores.Select(c => c.Address("destination")).Distinct().Count());

        Dictionary<uint, ulong> home = Enumerable.Range(0, 5).ToDictionary(i => (uint)i, i => stores[i].Address("destination"));
        _listener.Clear();
        List<(byte[] Key, byte[] Value)> records = map.Records(map.GetBatch(5));
        List<RecordedEvent> fetches = [.. Copies(CopyStage.MapFetch)];
        Assert.Equal(records.Select(r => home[TestMap.Number(r.Key)]), fetches.Select(c => c.Address("source")));
        ulong reply = Assert.Single(Copies(CopyStage.BufferOut)).Address("source");
        Assert.Equal(
            Enumerable.Range(0, 5).Select(i => reply + 8 + (ulong)((i * map.RecordBytes) + map.KeySize)),
            fetches.Select(c => c.Address("destination")));
    }

    [Fact]
    public void A_single_update_and_a_lookup_are_copies_of_element_0()
    {
        TestMap map = _machine.User.NewMap(BpfMapType.PercpuHash);
        _listener.Clear();
        map.Update(map.Key(9), map.Value(9)).Expect(EbpfResult.Success);
        map.Find(map.Key(9)).Expect(EbpfResult.Success);
        RecordedEvent store = Assert.Single(Copies(CopyStage.MapStore));
        RecordedEvent fetch = Assert.Single(Copies(CopyStage.MapFetch));
        Assert.Equal((0, -1, 8 * Cpus), (store.Number("element"), store.Number("slot"), store.Number("bytes")));
        Assert.Equal(store.Address("destination"), fetch.Address("source"));
    }

    [Fact]
    public void A_refused_size_moves_nothing_and_names_check_site_and_numbers()
    {
        TestMap map = _machine.User.NewMap(BpfMapType.PercpuHash);
        _listener.Clear();
        map.Update(map.Key(9), new byte[8]).Expect(EbpfResult.InvalidArgument);
        Assert.Empty(Copies(CopyStage.MapStore));
        RecordedEvent check = _listener.Named("SizeCheck").Last();
        Assert.Equal(
            (CheckTable.MapUpdateValueSize.Id, 8, 8 * Cpus, 0),
            (check.Text("check"), check.Number("given"), check.Number("expected"), check.Number("passed")));
        RecordedEvent refusal = Assert.Single(_listener.Named("InvalidArgument"));
        Assert.Equal(CheckTable.MapUpdateValueSize.Id, refusal.Text("check"));
        Assert.Equal("ebpfcore:map_update_element", refusal.Text("site"));
        Assert.Equal("STATUS_INVALID_PARAMETER", refusal.Text("status"));
    }

    [Fact]
    public void Checks_come_in_the_order_in_which_they_are_made()
    {
        TestMap map = _machine.User.NewMap(BpfMapType.Hash);
        _listener.Clear();
        map.Find(map.Key(1)).Expect(EbpfResult.ObjectNotFound);
        Assert.Equal(
            [
                CheckTable.DriverControlCode.Id, CheckTable.DriverInputLength.Id, CheckTable.DriverInputBuffer.Id,
                CheckTable.DriverInputHeader.Id, CheckTable.DriverOperationId.Id, CheckTable.DriverOperationPolicy.Id,
                CheckTable.DriverOperationHandler.Id, CheckTable.DriverPrivilege.Id, CheckTable.DriverOutputBuffer.Id,
                CheckTable.DriverOutputLength.Id, CheckTable.DriverMessageMax.Id, CheckTable.CoreRequestPresent.Id,
                CheckTable.CoreRequestLength.Id, CheckTable.CoreReplyLength.Id, CheckTable.CoreHeaderLength.Id,
                CheckTable.ValidatorMinLength.Id, CheckTable.HandleOpen.Id, CheckTable.HandleType.Id, CheckTable.MapFindKeySize.Id,
                CheckTable.MapFindValueSize.Id, CheckTable.MapFindSupported.Id,
            ],
            _listener.Named("SizeCheck").Select(c => c.Text("check")).Where(id => !id.StartsWith("io.", StringComparison.Ordinal)));
        Assert.All(_listener.Named("SizeCheck"), c => Assert.Equal(1, c.Number("passed")));
    }

    [Fact]
    public void Every_request_about_a_map_says_what_the_kernel_believes_of_its_layout()
    {
        TestMap map = _machine.User.NewMap(BpfMapType.PercpuArray, keySize: 5, valueSize: 12);
        Action[] requests =
        [
            () => map.Fill(1), () => map.Find(map.Key(0)), () => map.Update(map.Key(0), map.Value(0)), () => map.Delete(map.Key(0)),
            () => map.NextKey([]), () => map.GetBatch(1), () => map.DeleteBatch([map.Key(0)]), () => map.Find([1]),
            () => _machine.User.Info(map.Handle),
        ];
        foreach (Action request in requests)
        {
            _listener.Clear();
            request();
            RecordedEvent layout = Assert.Single(_listener.Named("MapLayout"));
            Assert.Equal(
                (2, 5, 12, 16, 16 * Cpus, Cpus),
                (layout.Number("mapId"), layout.Number("keySize"), layout.Number("valueSize"),
                 layout.Number("stride"), layout.Number("total"), layout.Number("cpus")));
        }
    }

    [Fact]
    public void Maps_come_and_go_in_the_trace()
    {
        TestMap map = _machine.User.NewMap(BpfMapType.PercpuHash, valueSize: 12, maxEntries: 7, name: "counts");
        RecordedEvent created = Assert.Single(_listener.Named("MapCreate"));
        Assert.Equal(
            (2, "counts", "percpu_hash", 12), (created.Number("mapId"), created.Text("name"), created.Text("type"), created.Number("valueSize")));
        _machine.User.Close(map.Handle).Expect(EbpfResult.Success);
        _machine.User.Send(EbpfOperationId.EpochSynchronize, default(EpochSynchronizeRequest)).Expect(EbpfResult.Success);
        Assert.Equal(2, Assert.Single(_listener.Named("MapDelete")).Number("mapId"));
    }

    [Fact]
    public void A_programs_write_is_a_copy_into_its_processors_slot()
    {
        TestMap map = _machine.User.NewMap(BpfMapType.PercpuHash, valueSize: 12);
        map.Update(map.Key(1), map.Value(1)).Expect(EbpfResult.Success);
        ulong block = Copies(CopyStage.MapStore).Single().Address("destination");
        AsProgram((context, kernelMap) => context.MapUpdateElem(kernelMap, map.Key(1), new byte[12]));

        RecordedEvent copy = Assert.Single(Copies(CopyStage.MapStore));
        Assert.Equal((copy.Number("processor"), 12), (copy.Number("slot"), copy.Number("bytes")));
        Assert.Equal(block + (ulong)(copy.Number("processor") * 16), copy.Address("destination"));
    }

    /// <summary>
    /// Each map helper as a program calls it on an empty map: its name, what the trace says came of it, and how many bytes it copied.
    /// </summary>
    public static TheoryData<BpfMapType, string, string, int> MapHelpers => new()
    {
        { BpfMapType.Hash, "bpf_map_lookup_elem", "EBPF_OBJECT_NOT_FOUND", 0 },
        { BpfMapType.Hash, "bpf_map_lookup_and_delete_elem", "EBPF_OBJECT_NOT_FOUND", 0 },
        { BpfMapType.Hash, "bpf_map_update_elem", "EBPF_SUCCESS", 8 },
        { BpfMapType.Hash, "bpf_map_delete_elem", "EBPF_KEY_NOT_FOUND", 0 },
        { BpfMapType.Hash, "bpf_map_push_elem", "EBPF_INVALID_ARGUMENT", 0 },
        { BpfMapType.Queue, "bpf_map_push_elem", "EBPF_SUCCESS", 8 },
        { BpfMapType.Queue, "bpf_map_pop_elem", "EBPF_OBJECT_NOT_FOUND", 0 },
        { BpfMapType.Queue, "bpf_map_peek_elem", "EBPF_OBJECT_NOT_FOUND", 0 },
    };

    [Theory]
    [MemberData(nameof(MapHelpers))]
    public void A_map_helper_says_on_which_map_it_was_called_before_what_it_copied(BpfMapType type, string helper, string result, int bytes)
    {
        TestMap map = _machine.User.NewMap(type, keySize: type == BpfMapType.Queue ? 0u : 4u);
        byte[] key = new byte[map.KeySize];
        AsProgram((context, kernelMap) =>
        {
            _ = helper switch
            {
                "bpf_map_lookup_elem" => context.MapLookupElem(kernelMap, key).Length,
                "bpf_map_lookup_and_delete_elem" => context.MapLookupAndDeleteElem(kernelMap, key).Length,
                "bpf_map_update_elem" => context.MapUpdateElem(kernelMap, key, new byte[8]),
                "bpf_map_delete_elem" => context.MapDeleteElem(kernelMap, key),
                "bpf_map_push_elem" => context.MapPushElem(kernelMap, new byte[8]),
                "bpf_map_pop_elem" => context.MapPopElem(kernelMap, new byte[8]),
                _ => context.MapPeekElem(kernelMap, new byte[8]),
            };
        });

        RecordedEvent call = Assert.Single(_listener.Named("MapHelper"));
        Assert.Equal((2, helper, result), (call.Number("mapId"), call.Text("helper"), call.Text("result")));
        Assert.Equal(bytes, Copies(CopyStage.MapStore).Sum(c => c.Number("bytes")));
        Assert.Equal(bytes > 0 ? ["MapHelper", "Copy"] : ["MapHelper"], _listener.Events.Select(e => e.Name).Where(n => n is "MapHelper" or "Copy"));
    }

    [Fact]
    public void A_pop_copies_the_value_out_of_the_store_it_was_pushed_to()
    {
        _machine.User.NewMap(BpfMapType.Stack, keySize: 0);
        AsProgram((context, kernelMap) =>
        {
            context.MapPushElem(kernelMap, new byte[8]);
            context.MapPeekElem(kernelMap, new byte[8]);
            context.MapPopElem(kernelMap, new byte[8]);
        });

        ulong stored = Assert.Single(Copies(CopyStage.MapStore)).Address("destination");
        Assert.Equal([(stored, 8L), (stored, 8L)], Copies(CopyStage.MapFetch).Select(c => (c.Address("source"), c.Number("bytes"))));
    }

    [Fact]
    public void Replaced_memory_is_traced_when_it_retires_and_when_it_is_freed()
    {
        TestMap map = _machine.User.NewMap(BpfMapType.Hash);
        map.Update(map.Key(1), map.Value(1)).Expect(EbpfResult.Success);
        ulong first = Copies(CopyStage.MapStore).Single().Address("destination");
        _listener.Clear();
        map.Update(map.Key(1), map.Value(2)).Expect(EbpfResult.Success);
        RecordedEvent retired = Assert.Single(_listener.Named("EpochRetire"));
        Assert.Equal((first, 8L), (retired.Address("address"), retired.Number("bytes")));
        _machine.User.Send(EbpfOperationId.EpochSynchronize, default(EpochSynchronizeRequest)).Expect(EbpfResult.Success);
        RecordedEvent advance = _listener.Named("EpochAdvance").Last();
        Assert.True(advance.Number("released") >= retired.Number("epoch"));
        Assert.True(_listener.Named("EpochAdvance").Sum(e => e.Number("freedBlocks")) >= 1);
    }

    [Fact]
    public void A_request_is_named_after_its_operation()
    {
        TestMap map = _machine.User.NewMap(BpfMapType.Hash);
        _listener.Clear();
        map.Fill(1);
        Assert.Equal("map_update_element_batch", Assert.Single(_listener.Named("IoctlStart")).Text("operation"));
    }

    /// <summary>Runs code as a program on the first map, under a request of this machine, so that its events can be told from others'.</summary>
    private void AsProgram(Action<EbpfProgramContext, EbpfMap> body)
    {
        Assert.Equal(EbpfResult.Success, _machine.Driver.ReferenceMap(2, out EbpfMap? kernelMap));
        _machine.InKernel(current =>
        {
            current.RequestId = _listener.RequestIdBase + 1000;
            _listener.Clear();
            _machine.Driver.RunProgram(current.ProcessorNumber, context => body(context, kernelMap!));
        });
        kernelMap!.Dereference();
    }

    private IEnumerable<RecordedEvent> Copies(string stage) => _listener.Named("Copy").Where(c => c.Text("stage") == stage);
}
