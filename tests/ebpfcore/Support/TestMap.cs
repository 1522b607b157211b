using System.Buffers.Binary;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>A map as a program without a library uses it: one method for each operation, bytes in, answers out.</summary>
internal sealed class TestMap(EbpfUser user, NtHandle handle, uint keySize, PerCpuLayout layout)
{
    public NtHandle Handle => handle;

    public PerCpuLayout Layout => layout;

    public int KeySize => (int)keySize;

    public int ValueBytes => (int)layout.Total;

    public int RecordBytes => KeySize + ValueBytes;

    /// <summary>A key of the map's size that starts with a number.</summary>
    public byte[] Key(uint number)
    {
        byte[] key = new byte[Math.Max(KeySize, 4)];
        BinaryPrimitives.WriteUInt32LittleEndian(key, number);
        return key[..KeySize];
    }

    /// <summary>A whole value, every byte of it different from its neighbours, that depends on a number.</summary>
    public byte[] Value(int number) => [.. Enumerable.Range(0, ValueBytes).Select(i => (byte)((number * 31) + (i * 7) + 1))];

    public static uint Number(ReadOnlySpan<byte> key)
    {
        Span<byte> four = stackalloc byte[4];
        key[..Math.Min(4, key.Length)].CopyTo(four);
        return BinaryPrimitives.ReadUInt32LittleEndian(four);
    }

    public Answer Find(ReadOnlySpan<byte> key, bool delete = false, int? room = null) =>
        user.Send(
            EbpfOperationId.MapFindElement,
            new MapFindElementRequest { Handle = handle, FindAndDelete = (byte)(delete ? 1 : 0) },
            key,
            8 + (room ?? ValueBytes));

    public Answer Update(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, EbpfMapOption option = EbpfMapOption.Any) =>
        user.Send(
            EbpfOperationId.MapUpdateElement,
            new MapUpdateElementRequest { Handle = handle, Option = option },
            [.. key, .. value]);

    public Answer UpdateWithHandle(ReadOnlySpan<byte> key, NtHandle value, EbpfMapOption option = EbpfMapOption.Any) =>
        user.Send(
            EbpfOperationId.MapUpdateElementWithHandle,
            new MapUpdateElementWithHandleRequest { MapHandle = handle, ValueHandle = value, Option = option },
            key);

    public Answer Delete(ReadOnlySpan<byte> key) =>
        user.Send(EbpfOperationId.MapDeleteElement, new MapDeleteElementRequest { Handle = handle }, key);

    public Answer NextKey(ReadOnlySpan<byte> previous, int? room = null) =>
        user.Send(EbpfOperationId.MapGetNextKey, new MapGetNextKeyRequest { Handle = handle }, previous, 16 + (room ?? KeySize));

    public Answer UpdateBatch(IEnumerable<(byte[] Key, byte[] Value)> records, EbpfMapOption option = EbpfMapOption.Any) =>
        UpdateBatch([.. records.SelectMany(r => (IEnumerable<byte>)[.. r.Key, .. r.Value])], option);

    public Answer UpdateBatch(ReadOnlySpan<byte> data, EbpfMapOption option = EbpfMapOption.Any) =>
        user.Send(
            EbpfOperationId.MapUpdateElementBatch, new MapUpdateElementBatchRequest { Handle = handle, Option = option }, data, 12);

    public Answer DeleteBatch(IEnumerable<byte[]> keys) => DeleteBatch([.. keys.SelectMany(k => k)]);

    public Answer DeleteBatch(ReadOnlySpan<byte> data) =>
        user.Send(EbpfOperationId.MapDeleteElementBatch, new MapDeleteElementBatchRequest { Handle = handle }, data, 12);

    /// <summary>Reads with room for a number of whole records, and maybe some bytes more.</summary>
    public Answer GetBatch(int records, ReadOnlySpan<byte> previous = default, bool delete = false, int extraRoom = 0) =>
        user.Send(
            EbpfOperationId.MapGetNextKeyValueBatch,
            new MapGetNextKeyValueBatchRequest { Handle = handle, FindAndDelete = (byte)(delete ? 1 : 0) },
            previous,
            8 + (records * RecordBytes) + extraRoom);

    /// <summary>The records of a batch that was read.</summary>
    public List<(byte[] Key, byte[] Value)> Records(Answer answer)
    {
        answer.Expect(EbpfResult.Success);
        byte[] data = answer.Tail(8);
        Assert.Equal(0, data.Length % RecordBytes);
        return [.. data.Chunk(RecordBytes).Select(r => (r[..KeySize], r[KeySize..]))];
    }

    /// <summary>Inserts keys 0, 1, 2 and so on, each with its own value.</summary>
    public void Fill(int count) => UpdateBatch(Enumerable.Range(0, count).Select(i => (Key((uint)i), Value(i)))).Expect(EbpfResult.Success);

    /// <summary>All keys in the map's own order, by next key.</summary>
    public List<byte[]> Keys()
    {
        List<byte[]> keys = [];
        for (Answer next = NextKey([]); next.Status == NtStatus.Success; next = NextKey(keys[^1]))
        {
            keys.Add(next.Tail(16));
        }

        return keys;
    }
}
