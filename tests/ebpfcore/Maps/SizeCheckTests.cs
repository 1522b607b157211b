using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>Every size that the kernel compares, one too small and one too large, with the numbers that it answers.</summary>
public class SizeCheckTests
{
    private const int Cpus = 4;

    [Theory]
    [InlineData(BpfMapType.Hash, 8)]
    [InlineData(BpfMapType.Array, 8)]
    [InlineData(BpfMapType.PercpuHash, 8 * Cpus)]
    [InlineData(BpfMapType.PercpuArray, 8 * Cpus)]
    public void A_lookup_wants_the_key_size_then_room_for_the_whole_value(BpfMapType type, int valueBytes)
    {
        using EbpfMachine machine = new(Cpus);
        TestMap map = machine.User.NewMap(type);
        map.Find([1, 2, 3], room: 1).ExpectRefusal(CheckTable.MapFindKeySize, 3, 4);
        map.Find([1, 2, 3, 4, 5], room: 1).ExpectRefusal(CheckTable.MapFindKeySize, 5, 4);
        map.Find(map.Key(1), room: valueBytes - 1).ExpectRefusal(CheckTable.MapFindValueSize, valueBytes - 1, valueBytes);
        map.Find(map.Key(1), room: valueBytes + 1).ExpectRefusal(CheckTable.MapFindValueSize, valueBytes + 1, valueBytes);
    }

    [Fact]
    public void A_lookup_of_a_per_cpu_map_with_room_for_one_value_is_refused()
    {
        using EbpfMachine machine = new(Cpus);
        machine.User.NewMap(BpfMapType.PercpuHash).Find([1, 0, 0, 0], room: 8).ExpectRefusal(CheckTable.MapFindValueSize, 8, 8 * Cpus);
    }

    [Theory]
    [InlineData(BpfMapType.Hash, 8)]
    [InlineData(BpfMapType.Array, 8)]
    [InlineData(BpfMapType.PercpuHash, 8 * Cpus)]
    [InlineData(BpfMapType.PercpuArray, 8 * Cpus)]
    public void An_update_wants_a_key_and_exactly_one_whole_value(BpfMapType type, int valueBytes)
    {
        using EbpfMachine machine = new(Cpus);
        TestMap map = machine.User.NewMap(type);
        map.Update([1, 2, 3], []).ExpectRefusal(CheckTable.MapUpdateKeySize, 3, 4);
        map.Update(map.Key(1), []).ExpectRefusal(CheckTable.MapUpdateValueSize, 0, valueBytes);
        map.Update(map.Key(1), new byte[valueBytes - 1]).ExpectRefusal(CheckTable.MapUpdateValueSize, valueBytes - 1, valueBytes);
        map.Update(map.Key(1), new byte[valueBytes + 1]).ExpectRefusal(CheckTable.MapUpdateValueSize, valueBytes + 1, valueBytes);
    }

    [Theory]
    [MemberData(nameof(MapTypes.Built), MemberType = typeof(MapTypes))]
    public void A_delete_wants_the_key_size(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type);
        map.Delete([1, 2, 3]).ExpectRefusal(CheckTable.MapDeleteKeySize, 3, 4);
        map.Delete([1, 2, 3, 4, 5]).ExpectRefusal(CheckTable.MapDeleteKeySize, 5, 4);
        map.Delete([]).ExpectRefusal(CheckTable.MapDeleteKeySize, 0, 4);
    }

    [Theory]
    [InlineData(BpfMapType.Hash, 12)]
    [InlineData(BpfMapType.PercpuHash, 4 + (8 * Cpus))]
    public void An_update_batch_wants_whole_records(BpfMapType type, int record)
    {
        using EbpfMachine machine = new(Cpus);
        TestMap map = machine.User.NewMap(type);
        map.UpdateBatch(new byte[record - 1]).ExpectRefusal(CheckTable.MapUpdateBatchData, record - 1, 0);
        map.UpdateBatch(new byte[record + 1]).ExpectRefusal(CheckTable.MapUpdateBatchData, record + 1, record);
        map.UpdateBatch(new byte[2 * record]).Expect(EbpfResult.Success);
        map.UpdateBatch(ReadOnlySpan<byte>.Empty).Expect(EbpfResult.Success);
    }

    [Fact]
    public void A_delete_batch_wants_whole_keys()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Array);
        map.DeleteBatch(new byte[7]).ExpectRefusal(CheckTable.MapDeleteBatchData, 7, 4);
        map.DeleteBatch(ReadOnlySpan<byte>.Empty).Expect(EbpfResult.Success);
    }

    [Fact]
    public void A_get_batch_wants_a_whole_previous_key_or_none()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Array);
        map.GetBatch(1, new byte[3]).ExpectRefusal(CheckTable.MapGetBatchPreviousSize, 3, 4);
        map.GetBatch(1, new byte[5]).ExpectRefusal(CheckTable.MapGetBatchPreviousSize, 5, 4);
    }

    [Theory]
    [InlineData(EbpfOperationId.MapFindElement, 17, 8)]
    [InlineData(EbpfOperationId.MapUpdateElement, 20, 0)]
    [InlineData(EbpfOperationId.MapUpdateElementWithHandle, 28, 0)]
    [InlineData(EbpfOperationId.MapDeleteElement, 16, 0)]
    [InlineData(EbpfOperationId.MapGetNextKey, 16, 16)]
    [InlineData(EbpfOperationId.MapUpdateElementBatch, 20, 12)]
    [InlineData(EbpfOperationId.MapDeleteElementBatch, 16, 12)]
    [InlineData(EbpfOperationId.MapGetNextKeyValueBatch, 17, 8)]
    [InlineData(EbpfOperationId.MapQueryBuffer, 24, 24)]
    [InlineData(EbpfOperationId.MapAsyncQuery, 32, 32)]
    [InlineData(EbpfOperationId.MapWriteData, 24, 0)]
    [InlineData(EbpfOperationId.MapSetWaitHandle, 40, 0)]
    [InlineData(EbpfOperationId.RingBufferMapMapBuffer, 32, 24)]
    [InlineData(EbpfOperationId.RingBufferMapUnmapBuffer, 24, 0)]
    public void Every_map_operation_wants_a_handle_of_a_map_first(EbpfOperationId operation, int length, int reply)
    {
        using EbpfMachine machine = new();
        byte[] message = new byte[length];
        BitConverter.TryWriteBytes(message, (ushort)length);
        BitConverter.TryWriteBytes(message.AsSpan(4), (uint)operation);
        foreach (long none in (long[])[0, -1, 0x7FFFFFFF])
        {
            BitConverter.TryWriteBytes(message.AsSpan(8), none);
            Answer answer = machine.User.Send(message, reply);
            answer.ExpectRefusal(CheckTable.HandleOpen, none, 1);
        }

        BitConverter.TryWriteBytes(message.AsSpan(8), machine.User.Device.Value);
        machine.User.Send(message, reply).ExpectRefusal(CheckTable.HandleType, (long)EbpfObjectType.Unknown, (long)EbpfObjectType.Map);
    }

    [Theory]
    [MemberData(nameof(MapTypes.Built), MemberType = typeof(MapTypes))]
    public void Ring_operations_are_not_supported_and_unmapping_is_an_invalid_argument(BpfMapType type)
    {
        using EbpfMachine machine = new();
        NtHandle map = machine.User.NewMap(type).Handle;
        EbpfUser user = machine.User;
        user.Send(EbpfOperationId.MapQueryBuffer, new MapQueryBufferRequest { MapHandle = map }, replyBytes: 24)
            .ExpectRefusal(CheckTable.MapRingSupported, (uint)type, 0);
        user.Send(EbpfOperationId.MapAsyncQuery, new MapAsyncQueryRequest { MapHandle = map }, replyBytes: 32)
            .ExpectRefusal(CheckTable.MapRingSupported, (uint)type, 0);
        user.Send(EbpfOperationId.MapWriteData, new MapWriteDataRequest { MapHandle = map }, [1, 2, 3])
            .ExpectRefusal(CheckTable.MapRingSupported, (uint)type, 0);
        user.Send(EbpfOperationId.MapSetWaitHandle, new MapSetWaitHandleRequest { MapHandle = map })
            .ExpectRefusal(CheckTable.MapRingSupported, (uint)type, 0);
        user.Send(EbpfOperationId.RingBufferMapMapBuffer, new RingBufferMapMapBufferRequest { MapHandle = map }, replyBytes: 24)
            .ExpectRefusal(CheckTable.MapRingSupported, (uint)type, 0);
        user.Send(EbpfOperationId.RingBufferMapUnmapBuffer, new RingBufferMapUnmapBufferRequest { MapHandle = map })
            .ExpectRefusal(CheckTable.MapUnmapBufferRing, (uint)type, 0);
    }
}
