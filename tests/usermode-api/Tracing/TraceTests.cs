using System.Diagnostics.Tracing;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tracing;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Tracing;

/// <summary>What the library says while it works.</summary>
[Collection(nameof(TracedCollection))]
public class TraceTests
{
    [Fact]
    public void A_batch_lookup_is_told_from_start_to_stop_under_one_request_id()
    {
        using var lab = new Lab(cpus: 2, requestIdBase: RequestIds.BaseOf());
        int fd = lab.CreateMap(BpfMapType.PercpuHash);
        lab.Fill(fd, BpfMapType.PercpuHash, 2);
        Batch batch = lab.NewBatch(fd, 2, 4, 16);
        using MachineEvents recorder = new(EventRecorder.BothProviders);
        Assert.Equal(0, batch.Lookup(0));

        IReadOnlyList<RecordedEvent> ours = [.. recorder.Events.Where(e => e.Provider == UserApiEventSource.ProviderName)];
        Assert.Single(recorder.Events.Select(e => e.RequestId).Distinct());
        Assert.Equal("ApiCallStart", ours[0].Name);
        Assert.Equal(("bpf_map_lookup_batch", fd, 2L), (ours[0].Text("function"), ours[0].Number("descriptor"), ours[0].Number("count")));
        Assert.Equal("ApiCallStop", ours[^1].Name);
        Assert.Equal((0L, "0", 2L), (ours[^1].Number("result"), ours[^1].Text("errno"), ours[^1].Number("count")));

        RecordedEvent layout = Assert.Single(recorder.Named("BatchLayout"));
        Assert.Equal(
            (4L, 8L, 8L, 16L, 2L, 3276L),
            (layout.Number("keySize"),
            layout.Number("valueSize"),
            layout.Number("stride"),
            layout.Number("total"),
            layout.Number("cpus"),
            layout.Number("elementsPerMessage")));
        Assert.Equal(
            [("keys", 8L), ("values", 32L)], recorder.Named("ApplicationBuffer").Select(e => (e.Text("what"), e.Number("bytes"))));

        IReadOnlyList<RecordedEvent> copies = [.. ours.Where(e => e.Name == "Copy")];
        Assert.Equal([0L, 0, 1, 1], copies.Select(e => e.Number("element")));
        Assert.Equal([4L, 16, 4, 16], copies.Select(e => e.Number("bytes")));
        Assert.All(copies, e => Assert.Equal("Unmarshal", e.Text("stage")));
        Assert.Equal([batch.Keys, batch.Values, batch.Keys + 4, batch.Values + 16], copies.Select(e => e.Address("destination")));
        Assert.Equal(copies[0].Address("source") + 20, copies[2].Address("source"));
    }

    [Fact]
    public void A_refusal_is_a_failed_size_check_and_an_invalid_argument_before_any_request_or_copy()
    {
        using var lab = new Lab(cpus: 4, requestIdBase: RequestIds.BaseOf());
        int fd = lab.CreateMap(BpfMapType.PercpuHash);
        Batch batch = lab.NewBatch(fd, 10, 4, valueBytes: 8);
        using MachineEvents recorder = new(EventRecorder.BothProviders);
        Assert.Equal(-(int)Errno.EINVAL, batch.Update(0));
        RecordedEvent check = recorder.Named("SizeCheck").Last(e => e.Number("passed") == 0);
        Assert.Equal(
            ("api.update_batch.values_size", "values", 80L, 320L),
            (check.Text("check"), check.Text("what"), check.Number("given"), check.Number("expected")));
        RecordedEvent refusal = Assert.Single(recorder.Named("InvalidArgument"));
        Assert.Equal(
            ("api.update_batch.values_size", "bpf_map_update_batch", "EBPF_INVALID_ARGUMENT", "EINVAL"),
            (refusal.Text("check"), refusal.Text("site"), refusal.Text("result"), refusal.Text("errno")));
        Assert.Equal((0, 0), (recorder.Named("IoctlStart").Count(), recorder.Named("Copy").Count()));
        RecordedEvent stop = Assert.Single(recorder.Named("ApiCallStop"));
        Assert.Equal((-22L, "EINVAL", 0L), (stop.Number("result"), stop.Text("errno"), stop.Number("count")));
    }

    [Fact]
    public void A_failure_of_the_kernel_is_told_step_by_step_from_status_to_errno()
    {
        using var lab = new Lab(requestIdBase: RequestIds.BaseOf());
        int fd = lab.CreateMap(BpfMapType.Hash);
        using MachineEvents recorder = new(EventRecorder.BothProviders);
        Assert.Equal(-(int)Errno.ENOENT, lab.Library.bpf_map_delete_elem(fd, lab.Put(1u)));
        RecordedEvent mapped = Assert.Single(recorder.Named("ErrnoMapped"));
        Assert.Equal(
            ("EBPF_KEY_NOT_FOUND", "STATUS_NOT_FOUND", "ERROR_NOT_FOUND", "ENOENT"),
            (mapped.Text("result"), mapped.Text("status"), mapped.Text("win32"), mapped.Text("errno")));
    }

    [Fact]
    public void A_fault_in_the_library_is_told_and_the_call_never_stops()
    {
        using var lab = new Lab(LibraryVersion.Upstream, cpus: 4, requestIdBase: RequestIds.BaseOf());
        int fd = lab.CreateMap(BpfMapType.PercpuHash);
        Batch batch = lab.NewBatch(fd, 10, 4, valueBytes: 8);
        ulong opts = lab.Options();
        using MachineEvents recorder = new(EventRecorder.BothProviders);
        Assert.Throws<ProcessExitedException>(() => { batch.Update(opts); });
        RecordedEvent fault = Assert.Single(
            recorder.Named("AccessViolation"), e => e.Provider == UserApiEventSource.ProviderName);
        Assert.Equal(
            ("read", batch.Values + 80, 32L, "library:update_batch.values"),
            (fault.Text("access"), fault.Address("address"), fault.Number("length"), fault.Text("site")));

        // Elements 0 and 1 were copied before the third faulted after its key.
        Assert.Equal(
            [0L, 0, 1, 1, 2], recorder.Named("Copy").Where(e => e.Text("stage") == "Marshal").Select(e => e.Number("element")));
        Assert.Empty(recorder.Named("ApiCallStop"));
    }

    [Fact]
    public void Before_3564_was_fixed_the_library_believed_in_one_cpu_when_it_read_and_in_all_when_it_wrote()
    {
        using var lab = new Lab(LibraryVersion.Before3564, cpus: 4, requestIdBase: RequestIds.BaseOf());
        int fd = lab.CreateMap(BpfMapType.PercpuHash, valueSize: 12);
        Batch batch = lab.NewBatch(fd, 10, 4, valueBytes: 64);
        ulong opts = lab.Options();
        using MachineEvents recorder = new(EventRecorder.BothProviders);
        Assert.Equal(0, batch.Update(opts));
        Assert.Equal(0, batch.Lookup(opts));
        Assert.Equal(
            [("bpf_map_update_batch", 16L, 64L, 4L), ("bpf_map_lookup_batch", 12L, 12L, 1L)],
            recorder.Named("BatchLayout").Select(e => (e.Text("function"), e.Number("stride"), e.Number("total"), e.Number("cpus"))));
    }

    [Fact]
    public void Upstream_asks_for_a_maps_definition_in_each_call_and_checked_never_for_one_that_it_made()
    {
        foreach (LibraryVersion version in Enum.GetValues<LibraryVersion>())
        {
            using var lab = new Lab(version, requestIdBase: RequestIds.BaseOf());
            int fd = lab.CreateMap(BpfMapType.Hash);
            ulong key = lab.Put(1u);
            ulong value = lab.Put(1UL);
            using MachineEvents recorder = new(EventRecorder.BothProviders);
            Assert.Equal(0, lab.Library.bpf_map_update_elem(fd, key, value, 0));
            Assert.Equal(0, lab.Library.bpf_map_lookup_elem(fd, key, value));
            string[] operations = [.. recorder.Named("IoctlStart").Select(e => e.Text("operation"))];
            Assert.Equal(version == LibraryVersion.Checked ? 2 : 4, operations.Length);
            Assert.Equal(version == LibraryVersion.Checked ? 0 : 2, operations.Count(o => o.Contains("info", StringComparison.OrdinalIgnoreCase)));
        }
    }

    [Fact]
    public void Copies_of_a_typed_batch_are_told_too_and_the_programs_own_spans_have_no_address()
    {
        using var lab = new Lab(cpus: 2, requestIdBase: RequestIds.BaseOf());
        using var session = new BpfSession(lab.Process.Gate);
        using PerCpuHashMap<uint, ulong> map = session.CreatePerCpuHashMap<uint, ulong>("m", 16);
        using MachineEvents recorder = new(EventRecorder.BothProviders);
        map.UpdateBatch([1, 2], new ulong[4]);
        map.LookupBatch(new BatchCursor(), new uint[2], new ulong[4]);
        IReadOnlyList<RecordedEvent> copies = [.. recorder.Named("Copy").Where(e => e.Provider == UserApiEventSource.ProviderName)];
        Assert.Equal(
            [("Marshal", 0L), ("Marshal", 0), ("Marshal", 1), ("Marshal", 1), ("Unmarshal", 0), ("Unmarshal", 0), ("Unmarshal", 1), ("Unmarshal", 1)],
            copies.Select(e => (e.Text("stage"), e.Number("element"))));
        Assert.All(copies, e => Assert.Equal(0UL, e.Address(e.Text("stage") == "Marshal" ? "source" : "destination")));
    }

    [Fact]
    public void A_listener_that_kills_the_process_or_calls_the_library_does_no_harm()
    {
        using var lab = new Lab(cpus: 1, requestIdBase: RequestIds.BaseOf());
        int fd = lab.CreateMap(BpfMapType.Hash);
        lab.Fill(fd, BpfMapType.Hash, 10);
        Batch batch = lab.NewBatch(fd, 10, 4, 8);
        ulong key = lab.Put(3u);
        ulong value = lab.Allocate(8);
        bool nested = false;
        int inner = -1;
        using (MachineEvents recorder = new(EventRecorder.BothProviders))
        {
            recorder.OnEvent = e =>
            {
                if (e.Name == "Copy" && !nested)
                {
                    nested = true;
                    inner = lab.Library.bpf_map_lookup_elem(fd, key, value);
                }
            };
            Assert.Equal(0, batch.Lookup(0));
        }

        Assert.Equal((0, 10u, Lab.Word(3, 0)), (inner, batch.CountNow, lab.Read<ulong>(value)));

        using (MachineEvents recorder = new(EventRecorder.BothProviders))
        {
            recorder.OnEvent = e =>
            {
                if (e.Name == "Copy" && e.Text("stage") == "Unmarshal" && e.Number("element") == 5)
                {
                    lab.Process.Terminate(NtStatus.Cancelled);
                }
            };
            Assert.Equal(-(int)Errno.ESRCH, batch.Lookup(0));
        }
    }

    [Fact]
    public void Informational_sessions_get_no_copies_and_no_checks()
    {
        using var lab = new Lab(requestIdBase: RequestIds.BaseOf());
        int fd = lab.CreateMap(BpfMapType.Hash);
        lab.Fill(fd, BpfMapType.Hash, 10);
        Batch batch = lab.NewBatch(fd, 10, 4, 8);
        using MachineEvents recorder = new(EventRecorder.BothProviders, EventLevel.Informational);
        Assert.Equal(0, batch.Lookup(0));
        Assert.Equal(
            [1, 1, 0, 0], ((string[])["ApiCallStart", "BatchLayout", "Copy", "SizeCheck"]).Select(name => recorder.Named(name).Count()));
    }
}
