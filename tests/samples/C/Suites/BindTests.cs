using System.Text;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Protocol;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.C.Suites;

/// <summary>Programs of the bind hook and their records: upstream's end_to_end.cpp, <c>bindmonitor</c> and what follows it.</summary>
public sealed class BindTests : IDisposable
{
    private const int Records = 10;
    private const ulong SystemLogon = 999; // Simulated events happen in no process.

    private readonly SuiteLab _lab = new();

    public static TheoryData<EbpfExecutionType> Engines => SuiteLab.Engines;

    private Libbpf Library => _lab.Library;

    public void Dispose() => _lab.Dispose();

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_process_has_as_many_ports_as_the_map_says(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("bind_limits", engine);
        _lab.Attach(loaded, "limit_ports");
        AssertLimits(loaded);
        int audits = _lab.MapFd(loaded, "audits");
        ulong who = _lab.Put(0ul);
        Assert.Equal(0, Library.bpf_map_get_next_key(audits, 0, who));
        Assert.Equal(new Audit(SystemLogon, -1, 0), _lab.Find<ulong, Audit>(audits, _lab.Read<ulong>(who)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Two_tail_calls_later_the_limit_is_the_same(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("bind_limits", engine);
        int next = _lab.MapFd(loaded, "next");
        Assert.Equal(0, _lab.Update(next, 0u, _lab.ProgramFd(loaded, "second")));
        Assert.Equal(0, _lab.Update(next, 1u, _lab.ProgramFd(loaded, "last")));
        _lab.Attach(loaded, "first");
        AssertLimits(loaded);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_program_may_be_in_several_slots_and_what_is_left_open_goes_with_the_process(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("bind_limits", engine);
        int next = _lab.MapFd(loaded, "next");
        Assert.All([0u, 1u], slot => Assert.Equal(0, _lab.Update(next, slot, _lab.ProgramFd(loaded, "last"))));
        _lab.Attach(loaded, "first");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Each_reader_of_a_ring_gets_the_records_that_come_while_it_reads(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("records", engine);
        _lab.Attach(loaded, "to_ring");
        for (int reader = 0; reader < 3; reader++)
        {
            List<string> seen = [];
            ring_buffer? ring = Library.ring_buffer__new(_lab.MapFd(loaded, "ring"), (_, data, size) =>
            {
                seen.Add(TextOf(_lab.Bytes(data, size)));
                return 0;
            });
            AssertRecords(() => Library.ring_buffer__consume(ring), seen);
            Library.ring_buffer__free(ring);
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Each_reader_of_a_perf_event_array_gets_the_number_and_the_contexts_data(EbpfExecutionType engine)
    {
        bpf_object loaded = _lab.Load("records", engine);
        _lab.Attach(loaded, "to_perf");
        for (int reader = 0; reader < 3; reader++)
        {
            List<string> seen = [];
            perf_buffer? perf = Library.perf_buffer__new(
                _lab.MapFd(loaded, "perf"),
                0,
                (_, _, data, size) =>
                {
                    Assert.NotEqual(0ul, _lab.Read<ulong>(data));
                    seen.Add(TextOf(_lab.Bytes(data + 8, size - 8)));
                },
                (_, _, _) => Assert.Fail("lost"));
            AssertRecords(() => Library.perf_buffer__consume(perf), seen);
            Library.perf_buffer__free(perf);
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_map_without_records_has_no_readers(EbpfExecutionType engine)
    {
        int map = _lab.MapFd(_lab.Load("answer", engine), "answers");
        ulong automatic = _lab.Put(16ul, 1ul);
        Assert.Null(Library.ebpf_ring_buffer__new(map, (_, _, _) => 0, null, automatic));
        Assert.Equal(-(int)Errno.EINVAL, Library.libbpf_get_error(null));
        Assert.Null(Library.ebpf_perf_buffer__new(map, 0, (_, _, _, _) => { }, (_, _, _) => { }, null, automatic));
        Assert.Equal(-(int)Errno.EINVAL, Library.libbpf_get_error(null));
        Assert.Equal(EbpfResult.InvalidArgument, Library.ebpf_ring_buffer_map_write(map, _lab.Put(0ul), 1));
        Assert.Equal(EbpfResult.InvalidArgument, Library.ebpf_perf_event_array_map_write(map, _lab.Put(0ul), 1));
    }

    private static string TextOf(byte[] application) => Encoding.Unicode.GetString(application).TrimEnd('\0');

    private void AssertRecords(Func<int> consume, List<string> seen)
    {
        string[] applications = [.. Enumerable.Range(0, Records).Select(i => $"fake_app{i}")];
        Assert.All(applications.Index(), a => Assert.Equal(NetworkAction.Permit, _lab.Bind((uint)(12345 + a.Index), a.Item)));
        Assert.Equal(Records, consume());
        Assert.Equal(applications, seen);
    }

    private void AssertLimits(bpf_object loaded)
    {
        Assert.Equal(0, _lab.Update(_lab.MapFd(loaded, "limits"), 0u, 2u));
        int holders = _lab.MapFd(loaded, "holders");
        Assert.Equal([NetworkAction.Permit, NetworkAction.Permit, NetworkAction.Block], [_lab.Bind(12345), _lab.Bind(12345), _lab.Bind(12345)]);
        Assert.Equal(2u, _lab.Find<ulong, Holder>(holders, 12345).Ports);
        _lab.Unbind(12345);
        Assert.Equal(1u, _lab.Find<ulong, Holder>(holders, 12345).Ports);
        _lab.Unbind(12345);
        ulong key = _lab.Put(12345ul);
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_map_lookup_elem(holders, key, _lab.Put(default(Holder))));
        Assert.Equal((NetworkAction.Permit, NetworkAction.Permit), (_lab.Bind(12345), _lab.Bind(54321, "b.exe")));
        Assert.Equal(0, Library.bpf_map_get_next_key(holders, 0, key));
        Assert.Equal(0, Library.bpf_map_get_next_key(holders, key, key));
        Assert.Equal(-(int)Errno.ENOENT, Library.bpf_map_get_next_key(holders, key, key));
    }

    private readonly record struct Audit(ulong Logon, int IsAdministrator, int Padding);

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit, Size = 64)]
    private struct Holder
    {
        [System.Runtime.InteropServices.FieldOffset(0)]
        public uint Ports;
    }
}
