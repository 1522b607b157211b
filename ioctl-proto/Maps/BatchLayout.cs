using KernelSim.Protocol.Messages;

namespace KernelSim.Protocol;

/// <summary>
/// How many elements of a map go into one message of a batch call, and how long the messages are. Library, driver and tools all ask
/// here; a message is at most <see cref="EbpfDevice.MaxMessageBytes"/> long.
/// </summary>
/// <remarks>
/// A record is a key and a whole value, back to back, without alignment. For a 4-byte key and 8-byte values on 8 CPUs a record takes
/// 4 + 8 x 8 = 68 bytes: 963 records fit an update or a lookup, and 16379 keys fit a delete.
/// </remarks>
public readonly record struct BatchLayout
{
    /// <summary>A layout of records whose value takes <paramref name="valueBytes"/>, be that right or wrong for the map.</summary>
    /// <param name="keySize">Bytes in a key.</param>
    /// <param name="valueBytes">
    /// Bytes that one value takes in a record. A library that forgets the CPUs, as eBPF for Windows did before
    /// microsoft/ebpf-for-windows#3564 was fixed, has the size of one CPU's value here.
    /// </param>
    public BatchLayout(uint keySize, uint valueBytes)
    {
        KeySize = keySize;
        ValueBytes = valueBytes;
    }

    /// <summary>The right layout for a map: a record holds the whole value, all slots of it.</summary>
    public BatchLayout(uint keySize, PerCpuLayout value)
        : this(keySize, value.Total)
    {
    }

    /// <summary>Bytes in a key.</summary>
    public uint KeySize { get; }

    /// <summary>Bytes that one value takes in a record.</summary>
    public uint ValueBytes { get; }

    /// <summary>Bytes in a record: a key and a value. (Two 32-bit sizes can need 33 bits.)</summary>
    public long RecordBytes => (long)KeySize + ValueBytes;

    /// <summary>Records that one update request holds, 0 when not even one fits (or a record has no bytes).</summary>
    public int UpdatesPerMessage => PerMessage(MapUpdateElementBatchRequest.TailOffset, RecordBytes);

    /// <summary>Keys that one delete request holds, 0 when not even one fits (or there are no keys).</summary>
    public int DeletesPerMessage => PerMessage(MapDeleteElementBatchRequest.TailOffset, KeySize);

    /// <summary>Records that the reply to one lookup holds, 0 when not even one fits (or a record has no bytes).</summary>
    public int LookupsPerMessage => PerMessage(MapGetNextKeyValueBatchReply.TailOffset, RecordBytes);

    /// <summary>The arithmetic of <see cref="UpdatesPerMessage"/> in words, for messages.</summary>
    public string UpdateFormula => Formula(MapUpdateElementBatchRequest.TailOffset, UpdatesPerMessage);

    /// <summary>The arithmetic of <see cref="DeletesPerMessage"/> in words, for messages.</summary>
    public string DeleteFormula =>
        $"({EbpfDevice.MaxMessageBytes} - {MapDeleteElementBatchRequest.TailOffset}) / {KeySize} = {DeletesPerMessage}";

    /// <summary>The arithmetic of <see cref="LookupsPerMessage"/> in words, for messages.</summary>
    public string LookupFormula => Formula(MapGetNextKeyValueBatchReply.TailOffset, LookupsPerMessage);

    /// <summary>Bytes of an update request with so many records.</summary>
    public long UpdateRequestBytes(int records) => MapUpdateElementBatchRequest.TailOffset + (records * RecordBytes);

    /// <summary>Bytes of a delete request with so many keys.</summary>
    public long DeleteRequestBytes(int keys) => MapDeleteElementBatchRequest.TailOffset + ((long)keys * KeySize);

    /// <summary>Bytes of a lookup request, with or without the key to go on after.</summary>
    public long LookupRequestBytes(bool hasPreviousKey) =>
        MapGetNextKeyValueBatchRequest.TailOffset + (hasPreviousKey ? KeySize : 0L);

    /// <summary>Bytes of the reply to a lookup, with room for so many records.</summary>
    public long LookupReplyBytes(int records) => MapGetNextKeyValueBatchReply.TailOffset + (records * RecordBytes);

    /// <summary>Messages that a call over so many elements takes.</summary>
    /// <param name="elements">Elements of the whole call.</param>
    /// <param name="perMessage">One of the three numbers above; not 0.</param>
    public static int MessagesFor(int elements, int perMessage) => (int)(((long)elements + perMessage - 1) / perMessage);

    private static int PerMessage(int fixedPart, long elementBytes) =>
        elementBytes == 0 ? 0 : (int)((EbpfDevice.MaxMessageBytes - fixedPart) / elementBytes);

    private string Formula(int fixedPart, int perMessage) =>
        $"({EbpfDevice.MaxMessageBytes} - {fixedPart}) / ({KeySize} + {ValueBytes}) = {perMessage}";
}
