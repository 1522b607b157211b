using System.Runtime.CompilerServices;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Modules;

/// <summary>Test runs of real programs: upstream's ebpf_program_test_run.</summary>
public sealed class TestRunTests : IDisposable
{
    private readonly ModuleLab _lab = new();
    private readonly int _drop;
    private readonly ulong _opts;

    public TestRunTests()
    {
        _drop = _lab.Fd(_lab.Load("droppacket.sys"), "DropPacket");
        _opts = _lab.Lab.Allocate((uint)Unsafe.SizeOf<BpfTestRunOpts>());
    }

    private Libbpf Library => _lab.Library;

    public void Dispose() => _lab.Dispose();

    /// <summary>Ethernet, IPv4 and UDP without a payload.</summary>
    internal static byte[] EmptyUdp()
    {
        byte[] packet = new byte[42];
        packet[12] = 8;
        packet[14] = 0x45;
        packet[23] = 17;
        packet[39] = 8;
        return packet;
    }

    [Fact]
    public void A_program_runs_on_the_callers_data_and_both_come_back()
    {
        byte[] packet = EmptyUdp();
        BpfTestRunOpts given = Options(packet, dataRoom: 64, contextRoom: 64);
        Assert.Equal(0, Run(_drop, given));
        BpfTestRunOpts done = _lab.Lab.Read<BpfTestRunOpts>(_opts);
        Assert.Equal(((uint)XdpAction.Drop, 42u, (uint)Unsafe.SizeOf<XdpMd>()), (done.Retval, done.DataSizeOut, done.CtxSizeOut));
        Assert.Equal(packet, _lab.Lab.Bytes(given.DataOut, 42).ToArray());
        packet[23] = 6;
        Assert.Equal(0, Run(_drop, Options(packet, 64, 64)));
        Assert.Equal((uint)XdpAction.Pass, _lab.Lab.Read<BpfTestRunOpts>(_opts).Retval);
    }

    [Fact]
    public void Each_run_counts_on_the_processor_that_was_asked_for()
    {
        Assert.Equal(0, Run(_drop, Options(EmptyUdp(), 64, 64) with { Repeat = 10, Cpu = 2, BatchSize = 4 }));
        bpf_object? loaded = Library.bpf_object__next(null);
        ulong counts = _lab.Lab.Allocate(32);
        Assert.Equal(0, Library.bpf_map_lookup_elem(Library.bpf_object__find_map_fd_by_name(loaded!, "dropped_packet_map"), _lab.Lab.Put(0), counts));
        Assert.Equal([0ul, 0, 10, 0], _lab.Lab.ReadArray<ulong>(counts, 4));
    }

    [Fact]
    public void Buffers_that_nobody_wants_back_may_be_missing_and_their_sizes_stay()
    {
        Assert.Equal(0, Run(_drop, Options(EmptyUdp(), 64, 64) with { DataOut = 0, CtxOut = 0 }));
        BpfTestRunOpts done = _lab.Lab.Read<BpfTestRunOpts>(_opts);
        Assert.Equal((64u, 64u, (uint)XdpAction.Drop), (done.DataSizeOut, done.CtxSizeOut, done.Retval));
    }

    [Theory]
    [InlineData(41u, 64u)]
    [InlineData(64u, 19u)]
    public void What_does_not_fit_its_buffer_is_enobufs_and_the_options_stay_as_they_were(uint dataRoom, uint contextRoom)
    {
        BpfTestRunOpts given = Options(EmptyUdp(), dataRoom, contextRoom) with { Retval = 99 };
        Assert.Equal(-(int)Errno.ENOBUFS, Run(_drop, given));
        BpfTestRunOpts left = _lab.Lab.Read<BpfTestRunOpts>(_opts);
        Assert.Equal((99u, dataRoom, contextRoom), (left.Retval, left.DataSizeOut, left.CtxSizeOut));
    }

    [Theory]
    [InlineData(0u, 31u)]
    [InlineData(31u, 0u)]
    public void Less_room_for_both_than_the_context_has_is_refused_before_anything_runs(uint dataRoom, uint contextRoom)
    {
        Assert.Equal(32, Unsafe.SizeOf<XdpMd>());
        Assert.Equal(-(int)Errno.EOTHER, Run(_drop, Options(EmptyUdp(), dataRoom, contextRoom)));
        Assert.Equal("program.test_run.room", Library.LastRefusal?.Check.Id);
    }

    [Fact]
    public void A_processor_that_is_not_there_and_what_is_no_program_are_einval()
    {
        BpfTestRunOpts good = Options(EmptyUdp(), 64, 64);
        Assert.Equal(-(int)Errno.EINVAL, Run(_drop, good with { Cpu = 4 }));
        Assert.Equal(-(int)Errno.EINVAL, Run(-1, good));
        Assert.Equal(-(int)Errno.EINVAL, Run(_lab.Lab.CreateMap(BpfMapType.Hash), good));
    }

    private BpfTestRunOpts Options(byte[] packet, uint dataRoom, uint contextRoom) => new()
    {
        Sz = (ulong)Unsafe.SizeOf<BpfTestRunOpts>(),
        DataIn = _lab.Lab.Put<byte>(packet),
        DataSizeIn = (uint)packet.Length,
        DataOut = _lab.Lab.Allocate(Math.Max(dataRoom, 1)),
        DataSizeOut = dataRoom,
        CtxIn = _lab.Lab.Put(default(XdpMd)),
        CtxSizeIn = (uint)Unsafe.SizeOf<XdpMd>(),
        CtxOut = _lab.Lab.Allocate(Math.Max(contextRoom, 1)),
        CtxSizeOut = contextRoom,
        Repeat = 1,
    };

    private int Run(int program, BpfTestRunOpts options)
    {
        _lab.Lab.Write(_opts, options);
        return Library.bpf_prog_test_run_opts(program, _opts);
    }
}
