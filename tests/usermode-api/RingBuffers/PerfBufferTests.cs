using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.RingBuffers;

/// <summary>The <c>perf_buffer__</c> functions.</summary>
public sealed class PerfBufferTests : IDisposable
{
    private const int Cpus = 3;

    private readonly Lab _lab = new(cpus: Cpus);
    private readonly List<string> _seen = [];
    private readonly int _fd;

    public PerfBufferTests()
    {
        _fd = _lab.CreateMap(BpfMapType.PerfEventArray, keySize: 4, valueSize: 4, maxEntries: 4096, name: "samples");
    }

    private Libbpf Library => _lab.Library;

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Records_come_cpu_by_cpu()
    {
        perf_buffer pb = New();
        Output(2, 5);
        Output(0, 6);
        Output(2, 7);
        Assert.Equal(3, Library.perf_buffer__consume(pb));
        Assert.Equal(["0:6", "2:5", "2:7"], _seen);
        Assert.Equal((ulong)Cpus, Library.perf_buffer__buffer_cnt(pb));
        Library.perf_buffer__free(pb);
    }

    [Fact]
    public void One_cpu_s_ring_is_consumed_by_its_index()
    {
        perf_buffer pb = New();
        Output(1, 5);
        Output(2, 6);
        Assert.Equal(1, Library.perf_buffer__consume_buffer(pb, 2));
        Assert.Equal(0, Library.perf_buffer__consume_buffer(pb, 0));
        Assert.Equal(-(int)Errno.EINVAL, Library.perf_buffer__consume_buffer(pb, Cpus));
        Assert.Equal((Errno.EINVAL, "api.ring.buffer_index"), (Library.errno, Library.LastRefusal!.Check.Id));
        Assert.Equal(["2:6"], _seen);
    }

    [Fact]
    public void Lost_records_are_told_as_the_increase_since_last_time()
    {
        Lose(1, 2);
        perf_buffer pb = New();
        Assert.Equal(1, Library.perf_buffer__consume(pb));
        Assert.Equal(["1:0"], _seen);
        Lose(1, 3);
        Lose(0, 1);
        Assert.Equal(2, Library.perf_buffer__poll(pb, 0));
        Assert.Equal(["1:0", "lost 0:1", "0:0", "lost 1:3", "1:0"], _seen);
        Assert.Equal(0, Library.perf_buffer__consume(pb));
        Assert.Equal(5, _seen.Count);
    }

    [Fact]
    public void Either_callback_may_free_its_own_manager()
    {
        perf_buffer? pb = null;
        pb = Library.perf_buffer__new(_fd, 0, (_, cpu, _, _) => Free($"record {cpu}"), (_, cpu, count) => Free($"lost {cpu}:{count}"));
        Lose(1, 2);
        Output(2, 5);
        Assert.Equal(0, Library.perf_buffer__consume(pb));
        Assert.Equal(["lost 1:2"], _seen);
        pb = Library.perf_buffer__new(_fd, 0, (_, cpu, _, _) => Free($"record {cpu}"), (_, cpu, count) => Free($"lost {cpu}:{count}"));
        Assert.Equal(1, Library.perf_buffer__consume(pb));
        Assert.Equal(["lost 1:2", "record 1"], _seen);
        Assert.Equal((0ul, -(int)Errno.EINVAL), (Library.perf_buffer__buffer_cnt(pb), Library.perf_buffer__poll(pb, 0)));

        void Free(string seen)
        {
            _seen.Add(seen);
            Library.perf_buffer__free(pb);
        }
    }

    [Fact]
    public void Any_cpu_s_record_wakes_a_poll()
    {
        perf_buffer pb = New();
        HostThread writer = HostThread.Run(() => Output(1, 8));
        Assert.Equal(1, Library.perf_buffer__poll(pb, -1));
        writer.Join();
        Assert.Equal(["1:8"], _seen);
        Assert.Equal(0, Library.perf_buffer__poll(pb, 1));
        Assert.NotEqual(NtHandle.Invalid, Libbpf.ebpf_perf_buffer_get_wait_handle(pb));
    }

    [Fact]
    public void What_is_wrong_sets_errno()
    {
        int ring = _lab.CreateMap(BpfMapType.Ringbuf, keySize: 0, valueSize: 0, maxEntries: 4096, name: "ring");
        int hash = _lab.CreateMap(BpfMapType.Hash);
        Refused(Errno.EINVAL, "api.ring.callback", Library.perf_buffer__new(_fd, 0, null, Lost));
        Refused(Errno.EINVAL, "api.ring.callback", Library.perf_buffer__new(_fd, 1, Sample, null));
        Refused(Errno.EINVAL, "api.ring.page_cnt", Library.perf_buffer__new(99, 8, Sample, Lost));
        Refused(Errno.EBADF, "api.descriptor", Library.perf_buffer__new(99, 0, Sample, Lost));
        Refused(Errno.ENOTSUP, "map.ring.supported", Library.perf_buffer__new(hash, 0, Sample, Lost));
        Refused(Errno.EINVAL, "map.ring.index", Library.perf_buffer__new(ring, 0, Sample, Lost));
        Assert.Equal(-(int)Errno.EINVAL, Library.perf_buffer__poll(null, 0));
        Assert.Equal(-(int)Errno.EINVAL, Library.perf_buffer__consume(null));
        Assert.Equal(-(int)Errno.EINVAL, Library.perf_buffer__consume_buffer(null, 0));
        Assert.Equal(0UL, Library.perf_buffer__buffer_cnt(null));
        Library.perf_buffer__free(null);
    }

    [Fact]
    public void User_mode_writes_into_the_ring_of_the_cpu_that_serves_it()
    {
        perf_buffer pb = New();
        ulong data = _lab.Put<byte>(3);
        Assert.Equal(EbpfResult.Success, Library.ebpf_perf_event_array_map_write(_fd, data, 1));
        Assert.Equal(EbpfResult.InvalidArgument, Library.ebpf_ring_buffer_map_write(_fd, data, 1));
        Assert.Equal(1, Library.perf_buffer__consume(pb));
    }

    [Fact]
    public void Automatic_callbacks_come_for_every_cpu()
    {
        using SemaphoreSlim called = new(0);
        object gate = new();
        HashSet<string> seen = [];
        ulong opts = _lab.Put<ulong>(16, 1);
        perf_buffer? pb = Library.ebpf_perf_buffer__new(
            _fd,
            0,
            (_, cpu, data, _) =>
            {
                lock (gate)
                {
                    seen.Add($"{cpu}:{_lab.Bytes(data, 1)[0]}");
                }

                called.Release();
            },
            Lost,
            null,
            opts);
        Assert.NotNull(pb);
        Assert.Equal((ulong)Cpus, Library.perf_buffer__buffer_cnt(pb));
        Assert.Equal(-(int)Errno.ENOTSUP, Library.perf_buffer__poll(pb, 0));
        Assert.Equal(Errno.ENOTSUP, Library.errno);
        for (int cpu = 0; cpu < Cpus; cpu++)
        {
            Output(cpu, (byte)(cpu + 10));
            called.WaitFor("the callback");
        }

        Library.perf_buffer__free(pb);
        Assert.Equal(["0:10", "1:11", "2:12"], seen.Order());
    }

    private void Refused(Errno errno, string check, perf_buffer? pb)
    {
        Assert.Null(pb);
        Assert.Equal((errno, check), (Library.errno, Library.LastRefusal!.Check.Id));
    }

    private perf_buffer New() => Library.perf_buffer__new(_fd, 0, Sample, Lost)!;

    private void Sample(object? ctx, int cpu, ulong data, uint size) => _seen.Add($"{cpu}:{_lab.Bytes(data, 1)[0]}");

    private void Lost(object? ctx, int cpu, ulong count) => _seen.Add($"lost {cpu}:{count}");

    private void Output(int cpu, byte value) => Run(cpu, map => [value], times: 1);

    /// <summary>Fills a CPU's ring with one record and has it lose some.</summary>
    private void Lose(int cpu, int count)
    {
        Run(cpu, _ => new byte[4088], times: 1);
        Run(cpu, _ => [1], count);
    }

    private void Run(int cpu, Func<EbpfMap, byte[]> data, int times)
    {
        Assert.Equal(EbpfResult.Success, _lab.Driver.ReferenceMap(2, out EbpfMap? map));
        byte[] record = data(map!);
        _lab.Driver.RunProgram(cpu, context =>
        {
            for (int i = 0; i < times; i++)
            {
                context.PerfEventOutput(map!, 0xFFFF_FFFF, record);
            }
        });
        map!.Dereference();
    }
}
