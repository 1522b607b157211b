using System.Runtime.InteropServices;
using System.Text;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Objects;

public class PinningTests
{
    [Fact]
    public void A_pinned_map_outlives_its_handle_and_its_process()
    {
        using EbpfMachine machine = new();
        EbpfUser first = machine.NewUser();
        TestMap map = first.NewMap(BpfMapType.Hash);
        map.Fill(5);
        first.Pin(map.Handle, "BPF:\\map"u8).Expect(EbpfResult.Success);
        first.Process.Terminate(NtStatus.Success);
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));

        NtHandle handle = machine.User.GetPinned("BPF:\\map"u8).Expect(EbpfResult.Success).As<GetPinnedObjectReply>().Handle;
        Assert.Equal(map.Value(3), new TestMap(machine.User, handle, 4, map.Layout).Find(map.Key(3)).Tail(8));
        machine.User.Unpin("BPF:\\map"u8).Expect(EbpfResult.Success);
        machine.User.Close(handle).Expect(EbpfResult.Success);
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, machine.Driver.ObjectCount);
    }

    [Fact]
    public void A_pinned_map_does_not_outlive_the_driver()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.PercpuHash);
        map.Fill(20);
        machine.User.Pin(map.Handle, "p"u8).Expect(EbpfResult.Success);
    }

    [Fact]
    public void A_path_can_be_taken_once_and_an_object_can_have_several()
    {
        using EbpfMachine machine = new();
        NtHandle map = machine.User.NewMap(BpfMapType.Hash).Handle;
        NtHandle other = machine.User.NewMap(BpfMapType.Hash).Handle;
        machine.User.Pin(map, "a"u8).Expect(EbpfResult.Success);
        machine.User.Pin(map, "a"u8).Expect(EbpfResult.ObjectAlreadyExists);
        machine.User.Pin(other, "a"u8).Expect(EbpfResult.ObjectAlreadyExists);
        machine.User.Pin(map, "b"u8).Expect(EbpfResult.Success);
        Assert.Equal(2u, Pins(machine, map));
        machine.User.Unpin("a"u8).Expect(EbpfResult.Success);
        machine.User.Unpin("a"u8).Expect(EbpfResult.KeyNotFound);
        Assert.Equal(1u, Pins(machine, map));
        machine.User.GetPinned("a"u8).Expect(EbpfResult.KeyNotFound);
    }

    [Fact]
    public void A_path_has_1_to_255_bytes_without_a_zero()
    {
        using EbpfMachine machine = new();
        NtHandle map = machine.User.NewMap(BpfMapType.Hash).Handle;
        machine.User.Pin(map, []).ExpectRefusal(CheckTable.PinPathLength, 0, 1);
        machine.User.Pin(map, Path(256)).ExpectRefusal(CheckTable.PinPathLength, 256, 255);
        machine.User.Pin(map, "with\0zero"u8).ExpectRefusal(CheckTable.PinPathBytes, 4, -1);
        machine.User.Pin(map, Path(255)).Expect(EbpfResult.Success);
        machine.User.Pin(map, Path(1)).Expect(EbpfResult.Success);
        machine.User.GetPinned([]).ExpectRefusal(CheckTable.PinnedPathLength, 0, 1);
        machine.User.Unpin(Path(300)).Expect(EbpfResult.KeyNotFound);
        machine.User.Pin(machine.User.Device, "d"u8).Expect(EbpfResult.InvalidObject);
    }

    [Fact]
    public void Paths_are_walked_in_order_of_bytes_shorter_first()
    {
        using EbpfMachine machine = new();
        NtHandle map = machine.User.NewMap(BpfMapType.Hash).Handle;
        foreach (string path in (string[])["b", "ab", "a", "abc", "\u00ff"])
        {
            machine.User.Pin(map, Encoding.Latin1.GetBytes(path)).Expect(EbpfResult.Success);
        }

        List<string> walked = [];
        Answer answer;
        while ((answer = NextPath(machine, walked.LastOrDefault() ?? "", EbpfObjectType.Unknown)).Status == NtStatus.Success)
        {
            Assert.Equal(EbpfObjectType.Map, answer.As<GetNextPinnedObjectPathReply>().Type);
            walked.Add(Encoding.Latin1.GetString(answer.Tail(12)));
        }

        Assert.Equal(["a", "ab", "abc", "b", "\u00ff"], walked);
        answer.Expect(EbpfResult.NoMoreKeys);
        Assert.Equal("abc", Encoding.Latin1.GetString(NextPath(machine, "abb", EbpfObjectType.Map).Tail(12)));
        NextPath(machine, "", EbpfObjectType.Program).Expect(EbpfResult.NoMoreKeys);
        NextPath(machine, "", (EbpfObjectType)4).ExpectRefusal(CheckTable.ValidatorGetNextPinnedObjectPathType, 4, 3);
    }

    [Fact]
    public void A_path_that_does_not_fit_its_room_is_a_warning()
    {
        using EbpfMachine machine = new();
        NtHandle map = machine.User.NewMap(BpfMapType.Hash).Handle;
        machine.User.Pin(map, "long path"u8).Expect(EbpfResult.Success);
        Answer answer = NextPath(machine, "", EbpfObjectType.Unknown, room: 8);
        answer.ExpectRefusal(CheckTable.PinnedPathRoom, 8, 9);
        Assert.Equal(NtStatus.BufferOverflow, answer.Status);
        machine.User.Send(EbpfOperationId.GetNextPinnedProgramPath, default(GetNextPinnedProgramPathRequest), replyBytes: 100)
            .Expect(EbpfResult.NoMoreKeys);
    }

    [Fact]
    public void Pinned_map_info_lists_every_pinned_map_with_its_own_value_size()
    {
        using EbpfMachine machine = new(cpus: 4);
        Answer none = MapInfo(machine, 0).Expect(EbpfResult.Success);
        Assert.Equal((0, 8), (none.As<GetPinnedMapInfoReply>().MapCount, (int)none.Header.Length));

        NtHandle hash = machine.User.NewMap(BpfMapType.PercpuHash, keySize: 3, valueSize: 5, maxEntries: 6).Handle;
        machine.User.Pin(hash, "one"u8).Expect(EbpfResult.Success);
        machine.User.Pin(hash, "another"u8).Expect(EbpfResult.Success);
        int needed = (2 * 26) + 3 + 7;
        Answer answer = MapInfo(machine, needed).Expect(EbpfResult.Success);
        GetPinnedMapInfoReply reply = answer.As<GetPinnedMapInfoReply>();
        Assert.Equal((2, (ulong)needed), (reply.MapCount, reply.Size));
        SerializedMapInfo record = MemoryMarshal.Read<SerializedMapInfo>(answer.Bytes.AsSpan(24));
        Assert.Equal(
            (BpfMapType.PercpuHash, 3u, 5u, 6u),
            (record.Definition.Type, record.Definition.KeySize, record.Definition.ValueSize, record.Definition.MaxEntries));
        Assert.Equal("another", Encoding.UTF8.GetString(answer.Bytes.AsSpan(24 + 26, record.PinPathLength)));

        Answer tooSmall = MapInfo(machine, needed - 1);
        tooSmall.ExpectRefusal(CheckTable.PinnedMapInfoRoom, needed - 1, needed);
        Assert.Equal(24 + needed, tooSmall.Header.Length);
    }

    private static byte[] Path(int length) => [.. Enumerable.Repeat((byte)'p', length)];

    private static uint Pins(EbpfMachine machine, NtHandle handle) =>
        MemoryMarshal.Read<BpfMapInfo>(machine.User.Info(handle).Tail(12)).PinnedPathCount;

    private static Answer NextPath(EbpfMachine machine, string start, EbpfObjectType type, int room = 255) =>
        machine.User.Send(
            EbpfOperationId.GetNextPinnedObjectPath,
            new GetNextPinnedObjectPathRequest { Type = type },
            Encoding.Latin1.GetBytes(start),
            12 + room);

    private static Answer MapInfo(EbpfMachine machine, int room) =>
        machine.User.Send(EbpfOperationId.GetPinnedMapInfo, default(GetPinnedMapInfoRequest), replyBytes: 24 + room);
}
