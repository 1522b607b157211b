using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>Definitions at the edges of what can be created.</summary>
public class CreationRowTests
{
    private const uint Huge = uint.MaxValue;

    /// <summary>type, key size, value size, max entries, cpus, result.</summary>
    public static TheoryData<uint, uint, uint, uint, int, EbpfResult> Rows => new()
    {
        { 0, 4, 4, 1, 2, EbpfResult.OperationNotSupported },
        { 17, 0, 0, 0, 2, EbpfResult.InvalidArgument },
        { Huge, 4, 4, 1, 2, EbpfResult.InvalidArgument },
        { 1, 0, 4, 1, 2, EbpfResult.InvalidArgument },
        { 1, 4, 0, 1, 2, EbpfResult.InvalidArgument },
        { 1, 4, 4, 0, 2, EbpfResult.InvalidArgument },
        { 1, 4, 4, Huge, 2, EbpfResult.NoMemory },
        { 1, Huge, Huge, 1, 2, EbpfResult.Success },
        { 4, 4, 0x7FFFFFF8, 1, 2, EbpfResult.Success },
        { 4, 4, 0x7FFFFFF9, 1, 2, EbpfResult.ArithmeticOverflow },
        { 4, 4, 0x7FFFFFF8, 1, 1, EbpfResult.Success },
        { 4, 4, Huge, 1, 1, EbpfResult.ArithmeticOverflow },
        { 5, 4, Huge, 1, 1, EbpfResult.ArithmeticOverflow },
        { 5, 4, 0x80000000, 1, 2, EbpfResult.ArithmeticOverflow },
        { 2, 4, Huge, Huge, 2, EbpfResult.InvalidArgument },
        { 2, 4, 32, Huge, 2, EbpfResult.InvalidArgument },
        { 2, 4, 31, Huge, 2, EbpfResult.NoMemory },
        { 2, 4, 32, 0x80000000, 2, EbpfResult.NoMemory },
        { 2, 4, 1, 0x70000000, 2, EbpfResult.Success },
        { 5, 4, 1, 0x04000000, 4, EbpfResult.Success },
        { 5, 4, 0x400000, 1, 1024, EbpfResult.ArithmeticOverflow },
        { 5, 4, 0x3FFFF8, 1, 1024, EbpfResult.NoMemory },
        { 13, 4, 4, 4096, 2, EbpfResult.InvalidArgument },
        { 13, 0, 0, 4096, 2, EbpfResult.Success },
        { 13, 0, 100, 4096, 2, EbpfResult.Success },
        { 13, 0, 0, 4097, 2, EbpfResult.InvalidArgument },
        { 13, 0, 0, 12288, 2, EbpfResult.InvalidArgument },
        { 13, 0, 0, 2048, 2, EbpfResult.NoMemory },
        { 13, 0, 0, 1, 2, EbpfResult.NoMemory },
        { 13, 0, 0, 0x80000000, 2, EbpfResult.NoMemory },
        { 14, 0, 0, 1, 2, EbpfResult.NoMemory },
        { 14, 0, 0, 4096, 2, EbpfResult.Success },
        { 14, 77, 5, 8192, 3, EbpfResult.Success },
        { 14, 0, 0, 5000, 2, EbpfResult.InvalidArgument },
        { 14, 0, 0, 0, 2, EbpfResult.InvalidArgument },
        { 15, 0, 0, 0, 2, EbpfResult.ExtensionFailedToLoad },
        { 16, 0, 0, 0, 2, EbpfResult.ExtensionFailedToLoad },
        { 10, 0, 0, 1, 2, EbpfResult.InvalidArgument },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_definition_at_the_edge_is_taken_or_refused_as_upstream_does(
        uint type, uint keySize, uint valueSize, uint maxEntries, int cpus, EbpfResult expected)
    {
        using EbpfMachine machine = new(cpus);
        Answer answer = machine.User.CreateMap(
            new EbpfMapDefinition { Type = (BpfMapType)type, KeySize = keySize, ValueSize = valueSize, MaxEntries = maxEntries });
        answer.Expect(expected);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(63, true)]
    [InlineData(64, false)]
    [InlineData(5000, false)]
    public void A_name_has_at_most_63_bytes(int length, bool good)
    {
        using EbpfMachine machine = new();
        byte[] name = new byte[length];
        Array.Fill(name, (byte)'x');
        Answer answer = machine.User.CreateMap(
            new EbpfMapDefinition { Type = BpfMapType.Hash, KeySize = 4, ValueSize = 4, MaxEntries = 1 }, name);
        answer.Expect(good ? EbpfResult.Success : EbpfResult.InvalidArgument);
    }

    [Fact]
    public void Ids_start_at_2_and_walks_and_infos_end_where_they_should()
    {
        using EbpfMachine machine = new();
        EbpfUser user = machine.User;
        user.NextId(EbpfOperationId.GetNextMapId, 0).Expect(EbpfResult.NoMoreKeys);
        TestMap map = user.NewMap(BpfMapType.Hash, name: "a\0b");
        TestMap other = user.NewMap(BpfMapType.Array);
        Assert.Equal(2u, user.NextId(EbpfOperationId.GetNextMapId, 0).As<GetNextIdReply>().NextId);
        Assert.Equal(3u, user.NextId(EbpfOperationId.GetNextMapId, 2).As<GetNextIdReply>().NextId);
        user.NextId(EbpfOperationId.GetNextMapId, 3).Expect(EbpfResult.NoMoreKeys);
        user.NextId(EbpfOperationId.GetNextMapId, uint.MaxValue).Expect(EbpfResult.NoMoreKeys);
        user.NextId(EbpfOperationId.GetNextProgramId, 0).Expect(EbpfResult.NoMoreKeys);
        foreach (uint id in new uint[] { 0, 1, 4, uint.MaxValue })
        {
            user.HandleById(EbpfOperationId.GetMapHandleById, id).Expect(EbpfResult.KeyNotFound);
        }

        user.HandleById(EbpfOperationId.GetProgramHandleById, 2).Expect(EbpfResult.KeyNotFound);
        user.Info(map.Handle, room: 0).Expect(EbpfResult.InsufficientBuffer);
        Assert.Equal(12 + 5, user.Info(map.Handle, room: 5).Expect(EbpfResult.Success).Header.Length);
        Assert.Equal(12 + 96, user.Info(map.Handle, room: 1000).Expect(EbpfResult.Success).Header.Length);
        BpfMapInfo info = MemoryMarshal.Read<BpfMapInfo>(user.Info(map.Handle).Tail(12));
        Assert.Equal((byte)'a', info.Name[0]);
        Assert.Equal(0, info.Name[1]);
        Assert.Equal(0, info.Name[2]);
        user.Info(user.Device).Expect(EbpfResult.InvalidObject);
        user.Close(other.Handle).Expect(EbpfResult.Success);
        user.Close(other.Handle).Expect(EbpfResult.InvalidObject);
        user.NextId(EbpfOperationId.GetNextMapId, 2).Expect(EbpfResult.NoMoreKeys);
        user.Close(user.Device).Expect(EbpfResult.Success);
    }

    [Fact]
    public void Pin_paths_are_walked_in_order_and_keep_a_map_whose_handle_is_closed()
    {
        using EbpfMachine machine = new();
        EbpfUser user = machine.User;
        TestMap map = user.NewMap(BpfMapType.PercpuHash);
        user.Pin(map.Handle, "b/long/path"u8).Expect(EbpfResult.Success);
        user.Pin(map.Handle, "b/long/path"u8).Expect(EbpfResult.ObjectAlreadyExists);
        user.Pin(map.Handle, "a"u8).Expect(EbpfResult.Success);
        user.Pin(map.Handle, new byte[256]).Expect(EbpfResult.InvalidArgument);
        Answer next = user.Send(EbpfOperationId.GetNextPinnedObjectPath, default(GetNextPinnedObjectPathRequest), "a"u8, 12 + 11);
        next.Expect(EbpfResult.Success);
        Assert.Equal("b/long/path"u8.ToArray(), next.Tail(12));
        Assert.Equal(EbpfObjectType.Map, next.As<GetNextPinnedObjectPathReply>().Type);
        user.Send(EbpfOperationId.GetNextPinnedObjectPath, default(GetNextPinnedObjectPathRequest), "a"u8, 12 + 10)
            .Expect(EbpfResult.InsufficientBuffer);
        user.Send(EbpfOperationId.GetNextPinnedObjectPath, default(GetNextPinnedObjectPathRequest), "b/long/path"u8, 12 + 10)
            .Expect(EbpfResult.NoMoreKeys);
        user.Close(map.Handle).Expect(EbpfResult.Success);
        Assert.Equal(1, machine.Driver.ObjectCount);
        Answer info = user.Send(EbpfOperationId.GetPinnedMapInfo, default(GetPinnedMapInfoRequest), default, 24 + 26 + 1 + 26 + 11);
        info.Expect(EbpfResult.Success);
        Assert.Equal(2, info.As<GetPinnedMapInfoReply>().MapCount);
        user.Send(EbpfOperationId.GetPinnedMapInfo, default(GetPinnedMapInfoRequest), default, 24 + 26 + 1 + 26 + 10)
            .Expect(EbpfResult.InsufficientBuffer);
        user.GetPinned("a"u8).Expect(EbpfResult.Success);
        user.GetPinned("zz"u8).Expect(EbpfResult.KeyNotFound);
        user.GetPinned([]).Expect(EbpfResult.InvalidArgument);
        user.Unpin("zz"u8).Expect(EbpfResult.KeyNotFound);
    }
}
