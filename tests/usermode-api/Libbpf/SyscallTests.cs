using System.Runtime.CompilerServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests;

/// <summary>The <c>bpf</c> call, as far as it needs no program: upstream's "BPF_MAP_GET_NEXT_KEY etc." and what bpf_syscall.cpp checks.</summary>
public sealed class SyscallTests : IDisposable
{
    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void A_map_is_created_filled_walked_and_emptied_by_commands()
    {
        int map = Create(new SysBpfMapCreateAttr
        {
            MapType = BpfMapType.Hash,
            KeySize = 4,
            ValueSize = 8,
            MaxEntries = 4,
            MapName = SysBpfName.Of("stats"u8),
        });
        Assert.True(map > 0, $"{_lab.Library.LastRefusal}");
        SysBpfMapLookupAttr element = new() { MapFd = (uint)map, Key = _lab.Put(7), Value = _lab.Put(42UL) };
        Assert.Equal(0, Bpf(BpfCmdId.MapUpdateElem, element));
        Assert.Equal(-(int)Errno.EEXIST, Bpf(BpfCmdId.MapUpdateElem, element with { Flags = (ulong)EbpfMapOption.NoExist }));
        Assert.Equal(-(int)Errno.EINVAL, Bpf(BpfCmdId.MapUpdateElem, element with { Flags = 3 }));
        element.Value = _lab.Put(0UL);
        Assert.Equal(0, Bpf(BpfCmdId.MapLookupElem, element));
        Assert.Equal(42UL, _lab.Read<ulong>(element.Value));
        SysBpfMapNextKeyAttr next = new() { MapFd = (uint)map, NextKey = _lab.Put(0) };
        Assert.Equal(0, Bpf(BpfCmdId.MapGetNextKey, next));
        Assert.Equal(7, _lab.Read<int>(next.NextKey));
        Assert.Equal(-(int)Errno.ENOENT, Bpf(BpfCmdId.MapGetNextKey, next with { Key = next.NextKey }));
        Assert.Equal(0, Bpf(BpfCmdId.MapDeleteElem, new SysBpfMapDeleteAttr { MapFd = (uint)map, Key = element.Key }));
        Assert.Equal(-(int)Errno.ENOENT, Bpf(BpfCmdId.MapDeleteElem, new SysBpfMapDeleteAttr { MapFd = (uint)map, Key = element.Key }));
        Assert.Equal(0, Bpf(BpfCmdId.MapUpdateElem, element));
        Assert.Equal(0, Bpf(BpfCmdId.MapLookupAndDeleteElem, element));
        Assert.Equal(-(int)Errno.ENOENT, Bpf(BpfCmdId.MapLookupAndDeleteElem, element));
        Assert.Equal(-(int)Errno.EBADF, Bpf(BpfCmdId.MapLookupElem, element with { MapFd = 77 }));
    }

    [Theory]
    [InlineData(BpfCmdId.MapLookupElem)]
    [InlineData(BpfCmdId.MapLookupAndDeleteElem)]
    public void A_lookup_has_no_flags(BpfCmdId command)
    {
        Assert.Equal(-(int)Errno.EINVAL, Bpf(command, new SysBpfMapLookupAttr { MapFd = 77, Flags = 4 }));
        Refused("api.bpf.reserved", 4, 0);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(26)]
    [InlineData(28)]
    [InlineData(33)]
    [InlineData(36)]
    public void What_is_no_command_is_einval_and_not_implemented(int command)
    {
        Assert.Equal(-(int)Errno.EINVAL, _lab.Library.bpf((BpfCmdId)command, 0, 0));
        Assert.Equal(Win32Error.CallNotImplemented, _lab.Library.LastError);
        Assert.Equal("api.bpf.command", _lab.Library.LastRefusal?.Check.Id);
    }

    [Fact]
    public void Loading_bytecode_is_einval_before_anything_is_looked_at_and_not_supported_by_a_native_only_build()
    {
        using Libbpf library = new(_lab.Tap) { NativeOnly = true };
        Assert.Equal(default, library.LastError);
        Assert.Equal(-(int)Errno.EINVAL, library.bpf(BpfCmdId.ProgLoad, 0, 144));
        Assert.Equal(Win32Error.NotSupported, library.LastError);
        Assert.Equal(-(int)Errno.ENOENT, library.bpf(BpfCmdId.MapGetFdById, _lab.Put(77u), 4));
        Assert.Equal(Win32Error.NotSupported, library.LastError);
    }

    [Fact]
    public void A_structure_that_goes_on_must_go_on_with_zeros()
    {
        SysBpfMapCreateAttr attr = new() { MapType = BpfMapType.Array, KeySize = 4, ValueSize = 4, MaxEntries = 1 };
        byte[] bytes = new byte[Unsafe.SizeOf<SysBpfMapCreateAttr>() + 5];
        System.Runtime.InteropServices.MemoryMarshal.Write(bytes, attr);
        ulong address = _lab.Put<byte>(bytes);
        int map = _lab.Library.bpf(BpfCmdId.MapCreate, address, (uint)bytes.Length);
        Assert.True(map > 0);
        _lab.Write(address + (uint)bytes.Length - 2, (byte)9);
        Assert.Equal(-(int)Errno.EINVAL, _lab.Library.bpf(BpfCmdId.MapCreate, address, (uint)bytes.Length));
        Refused("api.bpf.tail", 9, 0);

        // Those who know less do not see it.
        Assert.True(_lab.Library.bpf(BpfCmdId.MapCreate, address, (uint)bytes.Length - 2) > 0);
    }

    [Fact]
    public void A_structure_that_ends_early_goes_on_with_zeros_and_gets_back_what_it_has_room_for()
    {
        int map = _lab.CreateMap(BpfMapType.Hash);
        uint id = _lab.Read<uint>(Info(map));
        ulong attr = _lab.Put(0u, 99u);
        Assert.Equal(0, _lab.Library.bpf(BpfCmdId.MapGetNextId, attr, 4));
        Assert.Equal(99u, _lab.Read<uint>(attr + 4));
        Assert.Equal(0, _lab.Library.bpf(BpfCmdId.MapGetNextId, attr, 8));
        Assert.Equal(id, _lab.Read<uint>(attr + 4));
        Assert.Equal(0, _lab.Library.bpf(BpfCmdId.MapGetNextId, 0, 0));

        // A create without a name: 28 bytes of 48.
        ulong create = _lab.Put((uint)BpfMapType.Array, 4u, 4u, 1u, 0u, 0u, 0u);
        Assert.True(_lab.Library.bpf(BpfCmdId.MapCreate, create, 28) > 0);
    }

    [Fact]
    public void A_structure_shorter_than_its_size_says_is_refused_with_both_numbers()
    {
        Assert.Equal(-(int)Errno.EINVAL, _lab.Library.bpf(BpfCmdId.MapGetNextId, _lab.Put(0u), 8));
        Refused("api.bpf.size", 4, 8);
        Assert.Equal(-(int)Errno.EINVAL, _lab.Library.bpf(BpfCmdId.MapGetNextId, 0, 8));
        Refused("api.bpf.size", 0, 8);
    }

    [Fact]
    public void A_name_must_end()
    {
        SysBpfMapCreateAttr attr = new() { MapType = BpfMapType.Array, KeySize = 4, ValueSize = 4, MaxEntries = 1 };
        "sixteen bytes ok"u8.CopyTo(attr.MapName);
        Assert.Equal(-(int)Errno.EINVAL, Create(attr));
        Assert.Equal("api.bpf.name", _lab.Library.LastRefusal?.Check.Id);
        attr.MapName[15] = 0;
        int map = Create(attr);
        Assert.Equal("sixteen bytes o", _lab.Read<BpfMapInfo>(Info(map)).Name.ToString());
    }

    [Theory]
    [InlineData(1u, 0u, 0u)]
    [InlineData(0u, 1u, 0u)]
    [InlineData(0u, 0u, 1u)]
    public void Options_of_a_map_that_nobody_supports_are_einval(uint flags, uint node, uint ifindex)
    {
        SysBpfMapCreateAttr attr = new()
        {
            MapType = BpfMapType.Array,
            KeySize = 4,
            ValueSize = 4,
            MaxEntries = 1,
            MapFlags = flags,
            NumaNode = node,
            MapIfindex = ifindex,
        };
        Assert.Equal(-(int)Errno.EINVAL, Create(attr));
        Assert.Equal("api.map_create.flags", _lab.Library.LastRefusal?.Check.Id);
    }

    [Fact]
    public void Objects_are_pinned_and_opened_by_path_and_id()
    {
        int map = _lab.CreateMap(BpfMapType.Hash);
        SysBpfObjPinAttr pin = new() { BpfFd = (uint)map, Pathname = _lab.Put("MyPath\0"u8) };
        Assert.Equal(-(int)Errno.EINVAL, Bpf(BpfCmdId.ObjPin, pin with { Flags = 1 }));
        Refused("api.bpf.reserved", 1, 0);
        Assert.Equal(0, Bpf(BpfCmdId.ObjPin, pin));
        Assert.Equal(-(int)Errno.EINVAL, Bpf(BpfCmdId.ObjGet, pin));
        Assert.Equal(-(int)Errno.EINVAL, Bpf(BpfCmdId.ObjGet, pin with { BpfFd = 0, Flags = 1 }));
        int opened = Bpf(BpfCmdId.ObjGet, pin with { BpfFd = 0 });
        uint id = _lab.Read<uint>(Info(opened));
        Assert.Equal(id, _lab.Read<uint>(Info(map)));
        int again = Bpf(BpfCmdId.MapGetFdById, id);
        Assert.Equal(id, _lab.Read<uint>(Info(again)));
        Assert.Equal(-(int)Errno.ENOENT, Bpf(BpfCmdId.ProgGetFdById, id));
        Assert.Equal(-(int)Errno.ENOENT, Bpf(BpfCmdId.LinkGetFdById, id));
        Assert.Equal(-(int)Errno.ENOENT, Bpf(BpfCmdId.ProgGetNextId, default(SysBpfMapNextIdAttr)));
        Assert.Equal(-(int)Errno.ENOENT, Bpf(BpfCmdId.LinkGetNextId, default(SysBpfMapNextIdAttr)));
        Assert.Equal(EbpfResult.Success, _lab.Library.ebpf_object_unpin("MyPath"));
    }

    [Fact]
    public void Information_on_a_map_comes_in_linuxs_structure_with_its_shorter_name()
    {
        int map = _lab.CreateMap(BpfMapType.PercpuHash, keySize: 4, valueSize: 9, maxEntries: 5, name: "a name of more than sixteen bytes");
        ulong room = _lab.Put(new SysBpfMapInfo { MapFlags = 5 });
        Assert.Equal(0, Bpf(BpfCmdId.ObjGetInfoByFd, new SysBpfObjInfoAttr { BpfFd = (uint)map, InfoLen = 40, Info = room }));
        SysBpfMapInfo info = _lab.Read<SysBpfMapInfo>(room);
        Assert.Equal((BpfMapType.PercpuHash, 4u, 9u, 5u, 0u), (info.Type, info.KeySize, info.ValueSize, info.MaxEntries, info.MapFlags));
        Assert.Equal(("a name of more ", _lab.Read<uint>(Info(map))), (info.Name.ToString(), info.Id));
    }

    [Fact]
    public void Information_fills_what_room_there_is_and_zeros_must_be_behind_what_is_known()
    {
        int map = _lab.CreateMap(BpfMapType.Hash, keySize: 4);
        ulong room = _lab.Put(9u, 9u, 9u, 9u);
        Assert.Equal(0, Bpf(BpfCmdId.ObjGetInfoByFd, new SysBpfObjInfoAttr { BpfFd = (uint)map, InfoLen = 12, Info = room }));
        Assert.Equal([(uint)BpfMapType.Hash, _lab.Read<uint>(Info(map)), 4u, 9u], _lab.ReadArray<uint>(room, 4));
        Assert.Equal(0, Bpf(BpfCmdId.ObjGetInfoByFd, new SysBpfObjInfoAttr { BpfFd = (uint)map }));
        byte[] longer = new byte[44];
        longer[41] = 3;
        Assert.Equal(
            -(int)Errno.EINVAL,
            Bpf(BpfCmdId.ObjGetInfoByFd, new SysBpfObjInfoAttr { BpfFd = (uint)map, InfoLen = 44, Info = _lab.Put<byte>(longer) }));
        Refused("api.bpf.tail", 3, 0);
        Assert.Equal(-(int)Errno.EBADF, Bpf(BpfCmdId.ObjGetInfoByFd, new SysBpfObjInfoAttr { BpfFd = 77 }));
    }

    [Fact]
    public void A_refused_command_gives_the_copy_of_a_short_structure_back()
    {
        ulong attr = _lab.Put(77u);
        Assert.Equal(-(int)Errno.EBADF, _lab.Library.bpf(BpfCmdId.MapDeleteElem, attr, 4));
        Assert.Equal(77u, _lab.Read<uint>(attr));
    }

    [Fact]
    public void The_library_as_upstream_has_it_trusts_the_size()
    {
        using Lab lab = new(LibraryVersion.Upstream);
        ulong attr = lab.Put(0u);
        Assert.Throws<KernelSim.Protocol.Gate.ProcessExitedException>(() => lab.Library.bpf(BpfCmdId.MapGetNextId, attr, 8));
        Assert.Equal("library:bpf.attr", lab.Process.Fault?.Site ?? "");
    }

    private int Create(in SysBpfMapCreateAttr attr) => Bpf(BpfCmdId.MapCreate, attr);

    private int Bpf<T>(BpfCmdId command, in T attr)
        where T : unmanaged => _lab.Library.bpf(command, _lab.Put(attr), (uint)Unsafe.SizeOf<T>());

    private ulong Info(int fd)
    {
        ulong info = _lab.Put(default(BpfMapInfo));
        Assert.Equal(0, _lab.Library.bpf_obj_get_info_by_fd(fd, info, _lab.Put(96u)));
        return info;
    }

    private void Refused(string check, long given, long expected)
    {
        Refusal? refusal = _lab.Library.LastRefusal;
        Assert.Equal((check, given, expected), (refusal?.Check.Id, refusal?.Given, refusal?.Expected));
    }
}
