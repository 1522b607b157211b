using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Maps;

public class NextKeyTests
{
    [Theory]
    [MemberData(nameof(MapTypes.Hashes), MemberType = typeof(MapTypes))]
    public void Walking_a_hash_table_visits_every_key_once(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type, maxEntries: 100);
        map.NextKey([]).Expect(EbpfResult.NoMoreKeys);
        map.Fill(100);
        Assert.Equal(Enumerable.Range(0, 100), map.Keys().Select(k => (int)TestMap.Number(k)).Order());
    }

    [Theory]
    [MemberData(nameof(MapTypes.Hashes), MemberType = typeof(MapTypes))]
    public void A_previous_key_that_is_not_there_is_answered_with_the_first_key(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type);
        map.NextKey(map.Key(1)).Expect(EbpfResult.NoMoreKeys);
        map.Fill(10);
        byte[] first = map.NextKey([]).Expect(EbpfResult.Success).Tail(16);
        Assert.Equal(first, map.NextKey(map.Key(99)).Expect(EbpfResult.Success).Tail(16));
        map.Delete(first).Expect(EbpfResult.Success);
        byte[] newFirst = map.NextKey([]).Expect(EbpfResult.Success).Tail(16);
        Assert.Equal(newFirst, map.NextKey(first).Expect(EbpfResult.Success).Tail(16));
    }

    [Theory]
    [MemberData(nameof(MapTypes.Arrays), MemberType = typeof(MapTypes))]
    public void Walking_an_array_goes_by_number_and_wraps_after_the_largest(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type, maxEntries: 3);
        Assert.Equal([0u, 1, 2], map.Keys().Select(k => TestMap.Number(k)));
        map.NextKey(map.Key(2)).Expect(EbpfResult.NoMoreKeys);
        map.NextKey(map.Key(77)).Expect(EbpfResult.NoMoreKeys);
        Assert.Equal(0u, TestMap.Number(map.NextKey(map.Key(uint.MaxValue)).Expect(EbpfResult.Success).Tail(16)));
    }

    [Theory]
    [MemberData(nameof(MapTypes.Built), MemberType = typeof(MapTypes))]
    public void The_reply_has_the_length_of_its_room(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type);
        map.Fill(1);
        Answer answer = map.NextKey([]).Expect(EbpfResult.Success);
        Assert.Equal(20, answer.Header.Length);
        Assert.Equal(EbpfOperationId.MapGetNextKey, answer.Header.Id);
    }

    [Theory]
    [InlineData(8, 4)]
    [InlineData(1, 1)]
    [InlineData(40, 4)]
    public void A_previous_key_must_have_the_key_size_or_be_absent(uint keySize, int wrongBy)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Hash, keySize: keySize);
        int given = (int)keySize + wrongBy;
        map.NextKey(new byte[given]).ExpectRefusal(CheckTable.MapNextKeyPreviousSize, given, keySize);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(0)]
    public void The_room_must_have_the_key_size(int room)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Hash);
        map.NextKey([], room).ExpectRefusal(CheckTable.MapNextKeyRoom, room, 4);
    }

    [Fact]
    public void The_header_says_whether_there_is_a_previous_key_and_not_the_buffer()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Array, maxEntries: 8);
        byte[] message = EbpfUser.Message(
            EbpfOperationId.MapGetNextKey, new MapGetNextKeyRequest { Handle = map.Handle }, map.Key(5));
        BitConverter.TryWriteBytes(message, (ushort)16);
        Assert.Equal(0u, TestMap.Number(machine.User.Send(message, 20).Expect(EbpfResult.Success).Tail(16)));
    }
}
