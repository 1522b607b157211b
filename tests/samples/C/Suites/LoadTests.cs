using System.Text;
using KernelSim.Bytecode;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.C.Suites;

/// <summary>Instructions and objects that are loaded in other ways than by a path: upstream's libbpf_test_jit.cpp.</summary>
public sealed class LoadTests : IDisposable
{
    private static readonly BpfInstruction[] s_zero = [new(0xb7, 0, 0, 0, 0), new(0x95, 0, 0, 0, 0)];
    private static readonly BpfInstruction[] s_fallsOff = [new(0xb7, 0, 0, 0, 0)];

    private readonly SuiteLab _lab = new();

    private Libbpf Library => _lab.Library;

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Instructions_are_loaded_by_each_call_that_takes_them()
    {
        ulong code = _lab.Put<BpfInstruction>(s_zero);
        int[] programs =
        [
            Library.bpf_prog_load(BpfProgType.Sample, "name", null, code, 2),
            Library.bpf_load_program(BpfProgType.Sample, code, 2, license: 0, kern_version: 0, log_buf: 0, log_buf_sz: 0),
            Library.bpf(BpfCmdId.ProgLoad, _lab.Put(Attr(code, 2)), 144),
        ];
        Assert.All(programs, fd => Assert.Equal((BpfProgType.Sample, 0u), (_lab.Info<BpfProgInfo>(fd).Type, _lab.Info<BpfProgInfo>(fd).NrMapIds)));
        string[] names = [.. programs.Select(fd => _lab.Info<BpfProgInfo>(fd).Name.ToString())];
        Assert.Equal(("name", 63, string.Empty), (names[0], names[1].Length, names[2]));
        Assert.All(programs, fd => Assert.Equal(0u, _lab.Run(fd)));
    }

    [Fact]
    public void Instructions_write_to_a_map_that_they_name_by_its_descriptor()
    {
        int map = _lab.CreateMap(BpfMapType.Array, maxEntries: 2);
        BpfInstruction[] code =
        [
            new(0x62, 10, 0, -4, 1),
            new(0x62, 10, 0, -8, 42),
            new(0xbf, 2, 10, 0, 0),
            new(0x07, 2, 0, 0, -4),
            new(0xbf, 3, 10, 0, 0),
            new(0x07, 3, 0, 0, -8),
            new(0x18, 1, 1, 0, map),
            default,
            new(0xb7, 4, 0, 0, 0),
            new(0x85, 0, 0, 0, 2),
            new(0x95, 0, 0, 0, 0),
        ];
        int program = Library.bpf_load_program(BpfProgType.Sample, _lab.Put<BpfInstruction>(code), (ulong)code.Length, 0, 0, 0, 0);
        Assert.Equal(1u, _lab.Info<BpfProgInfo>(program).NrMapIds);
        Assert.Equal((0u, 42u), (_lab.Run(program), _lab.Find<uint, uint>(map, 1)));
    }

    [Fact]
    public void What_cannot_be_a_program_is_an_invalid_argument()
    {
        ulong code = _lab.Put<BpfInstruction>(s_zero);
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_load_program(BpfProgType.Sample, 0, 0, 0, 0, 0, 0));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_prog_load(BpfProgType.Sample, "name", "license", 0, 0));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_prog_load(BpfProgType.Sample, "name", "license", 0, uint.MaxValue));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_load_program((BpfProgType)uint.MaxValue, code, 2, 0, 0, 0, 0));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_prog_load((BpfProgType)uint.MaxValue, "name", "license", code, 2));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf(BpfCmdId.ProgLoad, _lab.Put(Attr(code, 2) with { ProgType = (BpfProgType)77 }), 144));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf(BpfCmdId.ProgLoad, _lab.Put(Attr(code, 2) with { ProgFlags = 1 }), 144));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf(BpfCmdId.ProgLoad, _lab.Put(Attr(code, 2) with { ProgBtfFd = 1 }), 144));
        Assert.Equal(CheckTable.ApiBpfReserved, Library.LastRefusal?.Check);
    }

    [Fact]
    public void The_log_of_a_refused_program_says_why_and_how_long_it_is()
    {
        ulong log = _lab.Put(new byte[256]);
        SysBpfProgLoadAttr attr = Attr(_lab.Put<BpfInstruction>(s_fallsOff), 1) with { LogBuf = log, LogSize = 256, LogLevel = 1 };
        ulong address = _lab.Put(attr);
        Assert.Equal(-(int)Errno.EACCES, Library.bpf(BpfCmdId.ProgLoad, address, 144));
        byte[] text = _lab.Bytes(log, 256);
        uint length = _lab.Read<SysBpfProgLoadAttr>(address).LogTrueSize;
        Assert.Equal(text.AsSpan().IndexOf((byte)0) + 1, (int)length);
        Assert.Contains("instruction 0", Encoding.UTF8.GetString(text), StringComparison.Ordinal);
        address = _lab.Put(attr with { LogSize = 1 });
        Assert.Equal(-(int)Errno.ENOSPC, Library.bpf(BpfCmdId.ProgLoad, address, 144));
        Assert.Equal(length, _lab.Read<SysBpfProgLoadAttr>(address).LogTrueSize);
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf(BpfCmdId.ProgLoad, _lab.Put(attr with { LogLevel = 0 }), 144));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf(BpfCmdId.ProgLoad, _lab.Put(attr with { LogBuf = 0, LogSize = 0 }), 144));
    }

    [Fact]
    public void A_program_tells_by_the_bpf_call_which_maps_are_bound_to_it()
    {
        int program = Library.bpf(BpfCmdId.ProgLoad, _lab.Put(Attr(_lab.Put<BpfInstruction>(s_zero), 2) with { ProgName = Name("testing") }), 144);
        int map = _lab.CreateMap(BpfMapType.Array, maxEntries: 2);
        SysBpfProgInfo info = ProgramInfo(program, new SysBpfProgInfo { NrMapIds = 1024 * 1024, MapIds = 1 });
        Assert.Equal((0u, "testing"), (info.NrMapIds, info.Name.ToString()));
        SysBpfProgBindMapAttr bind = new() { ProgFd = (uint)program, MapFd = (uint)map };
        Assert.Equal(0, Library.bpf(BpfCmdId.ProgBindMap, _lab.Put(bind), 12));
        ulong ids = _lab.Put(0u, 0u);
        info = ProgramInfo(program, new SysBpfProgInfo { NrMapIds = 2, MapIds = ids });
        Assert.Equal((1u, _lab.Info<BpfMapInfo>(map).Id), (info.NrMapIds, _lab.Read<uint>(ids)));
        SysBpfMapNextIdAttr next = new();
        ulong address = _lab.Put(next);
        Assert.Equal(0, Library.bpf(BpfCmdId.ProgGetNextId, address, 8));
        Assert.Equal(info.Id, _lab.Read<SysBpfMapNextIdAttr>(address).NextId);
        Assert.True(Library.bpf(BpfCmdId.ProgGetFdById, _lab.Put(info.Id), 4) > 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_object_is_opened_from_a_file_and_from_memory_under_any_name(bool fromMemory)
    {
        string path = SuitePrograms.PathOf("sockets");
        byte[] contents = File.ReadAllBytes(path);
        bpf_object? opened = fromMemory
            ? Library.bpf_object__open_mem(_lab.Put(contents), (ulong)contents.Length, "my_object_name")
            : Library.bpf_object__open_file(path, "my_object_name");
        Assert.Equal("my_object_name", Libbpf.bpf_object__name(opened!));
        bpf_program program = _lab.Program(opened!, "connect4");
        Assert.Equal((-1, BpfProgType.CgroupSockAddr), (Libbpf.bpf_program__fd(program), Libbpf.bpf_program__type(program)));
        Assert.Equal(0, Library.bpf_program__set_type(program, BpfProgType.Bind));
        Assert.Equal(BpfProgType.Bind, Libbpf.bpf_program__type(program));
        Assert.Equal(0, Library.bpf_program__set_type(program, BpfProgType.CgroupSockAddr));
        Assert.Equal(["egress", "ingress", "known"], Maps(opened!).Select(Libbpf.bpf_map__name));
        Assert.All(Maps(opened!), m => Assert.Equal(-1, Library.bpf_map__fd(m)));
        Assert.Null(Library.bpf_program__attach(program));
        Assert.Equal(Errno.EINVAL, Library.errno);
        Assert.Equal(0, Library.bpf_object__load(opened!));
        Assert.All(Maps(opened!), m => Assert.True(Library.bpf_map__fd(m) > 0));
        _lab.Attach(opened!, "connect4");
    }

    [Fact]
    public void A_program_is_attached_to_a_compartment_by_the_bpf_call()
    {
        int program = _lab.ProgramFd(_lab.Load("sockets", EbpfExecutionType.Jit), "connect4");
        SysBpfProgAttachAttr attr = new() { AttachBpfFd = (uint)program, TargetFd = (uint)program, AttachType = BpfAttachType.CgroupInet4Connect };
        SysBpfProgAttachAttr elsewhere = attr with { AttachType = BpfAttachType.Sample };
        Assert.Equal(-(int)Errno.ENOTSUP, Library.bpf(BpfCmdId.ProgAttach, _lab.Put(elsewhere), 16));
        Assert.Equal(0, Library.bpf(BpfCmdId.ProgAttach, _lab.Put(attr), 16));
        Assert.Equal(0, Library.bpf(BpfCmdId.ProgDetach, _lab.Put(attr), 16));
        Assert.Equal(-(int)Errno.ENOTSUP, Library.bpf(BpfCmdId.ProgDetach, _lab.Put(elsewhere), 16));
    }

    [Fact]
    public void A_test_run_needs_a_context_and_room_for_it()
    {
        int program = _lab.ProgramFd(_lab.Load("answer", EbpfExecutionType.Jit), "answer");
        ulong context = _lab.Put(new byte[32]);
        BpfTestRunOpts opts = new() { Sz = 96, Repeat = 10, CtxIn = context, CtxSizeIn = 32, CtxOut = context, CtxSizeOut = 32 };
        ulong address = _lab.Put(opts);
        Assert.Equal(0, Library.bpf_prog_test_run_opts(program, address));
        Assert.Equal((42u, 32u), (_lab.Read<BpfTestRunOpts>(address).Retval, _lab.Read<BpfTestRunOpts>(address).CtxSizeOut));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_prog_test_run_opts(12345, address));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_prog_test_run_opts(program, _lab.Put(opts with { CtxIn = 0, CtxSizeIn = 0 })));
        Assert.Equal(-(int)Errno.EINVAL, Library.bpf_prog_test_run_opts(program, _lab.Put(opts with { CtxSizeIn = 0 })));
        Assert.Equal(-(int)Errno.EOTHER, Library.bpf_prog_test_run_opts(program, _lab.Put(opts with { CtxSizeOut = 1 })));
        Assert.Equal(-(int)Errno.EOTHER, Library.bpf_prog_test_run_opts(program, _lab.Put(opts with { CtxOut = 0, CtxSizeOut = 0 })));
    }

    private static SysBpfProgLoadAttr Attr(ulong code, uint count) => new() { ProgType = BpfProgType.Sample, Insns = code, InsnCnt = count };

    private static SysBpfName Name(string text)
    {
        SysBpfName name = default;
        Encoding.UTF8.GetBytes(text, name);
        return name;
    }

    private static IEnumerable<bpf_map> Maps(bpf_object opened)
    {
        for (bpf_map? map = Libbpf.bpf_object__next_map(opened, null); map is not null; map = Libbpf.bpf_object__next_map(opened, map))
        {
            yield return map;
        }
    }

    private SysBpfProgInfo ProgramInfo(int fd, SysBpfProgInfo asked)
    {
        ulong room = _lab.Put(asked);
        uint length = (uint)System.Runtime.CompilerServices.Unsafe.SizeOf<SysBpfProgInfo>();
        SysBpfObjInfoAttr attr = new() { BpfFd = (uint)fd, InfoLen = length, Info = room };
        Assert.True(Library.bpf(BpfCmdId.ObjGetInfoByFd, _lab.Put(attr), 16) == 0, Library.LastRefusal?.Line);
        return _lab.Read<SysBpfProgInfo>(room);
    }
}
