using KernelSim.Protocol.Messages;

namespace KernelSim.Protocol;

/// <summary>
/// How many elements of a map fit one message of a batch call, and how long the messages are. Library and tools use this;
/// a message is at most <see cref="EbpfDevice.MaxMessageBytes"/> long.
/// </summary>
/// <remarks>
/// A record is a key and a whole value, back to back, without alignment. For a 4-byte key and 8-byte values on 8 CPUs a record takes
/// 4 + 8 x 8 = 68 bytes: 963 records fit an update or a lookup, and 16379 keys fit a delete.
/// </remarks>
public readonly record struct BatchLayout
{
    /// <summary>Creates a layout of records whose value takes <paramref name="valueBytes"/>, whether or not that is right for the map.</summary>
    /// <param name="keySize">Key size in bytes.</param>
    /// <param name="valueBytes">
    /// Bytes that one value takes in a record. A library that forgets the CPUs, as eBPF for Windows did before
    /// microsoft/ebpf-for-windows#3564 was fixed, passes the size of one CPU's value here.
    /// </param>
    public BatchLayout(uint keySize, uint valueBytes)
    {
        KeySize = keySize;
        ValueBytes = valueBytes;
    }

    /// <summary>Creates the right layout for a map: a record holds the whole value, with all its slots.</summary>
    public BatchLayout(uint keySize, PerCpuLayout value)
        : this(keySize, value.Total)
    {
    }

    /// <summary>Key size in bytes.</summary>
    public uint KeySize { get; }

    /// <summary>Bytes that one value takes in a record.</summary>
    public uint ValueBytes { get; }

    /// <summary>Size of a record in bytes: a key and a value. (The sum of two 32-bit sizes can need 33 bits.)</summary>
    public long RecordBytes => (long)KeySize + ValueBytes;

    /// <summary>Records that one update request holds; 0 if not even one fits, or if a record is empty.</summary>
    public int UpdatesPerMessage => PerMessage(MapUpdateElementBatchRequest.TailOffset, RecordBytes);

    /// <summary>Keys that one delete request holds; 0 if not even one fits, or if keys are empty.</summary>
    public int DeletesPerMessage => PerMessage(MapDeleteElementBatchRequest.TailOffset, KeySize);

    /// <summary>Records that the reply to one lookup holds; 0 if not even one fits, or if a record is empty.</summary>
    public int LookupsPerMessage => PerMessage(MapGetNextKeyValueBatchReply.TailOffset, RecordBytes);

    /// <summary>The arithmetic of <see cref="UpdatesPerMessage"/> in words, for messages.</summary>
    public string UpdateFormula => Formula(MapUpdateElementBatchRequest.TailOffset, UpdatesPerMessage);

    /// <summary>The arithmetic of <see cref="DeletesPerMessage"/> in words, for messages.</summary>
    public string DeleteFormula =>
        $"({EbpfDevice.MaxMessageBytes} - {MapDeleteElementBatchRequest.TailOffset}) / {KeySize} = {DeletesPerMessage}";

    /// <summary>The arithmetic of <see cref="LookupsPerMessage"/> in words, for messages.</summary>
    public string LookupFormula => Formula(MapGetNextKeyValueBatchReply.TailOffset, LookupsPerMessage);

    /// <summary>Size in bytes of an update request with this many records.</summary>
    public long UpdateRequestBytes(int records) => MapUpdateElementBatchRequest.TailOffset + (records * RecordBytes);

    /// <summary>Size in bytes of a delete request with this many keys.</summary>
    public long DeleteRequestBytes(int keys) => MapDeleteElementBatchRequest.TailOffset + ((long)keys * KeySize);

    /// <summary>Size in bytes of a lookup request, with or without a previous key.</summary>
    public long LookupRequestBytes(bool hasPreviousKey) =>
        MapGetNextKeyValueBatchRequest.TailOffset + (hasPreviousKey ? KeySize : 0L);

    /// <summary>Size in bytes of the reply to a lookup, with room for this many records.</summary>
    public long LookupReplyBytes(int records) => MapGetNextKeyValueBatchReply.TailOffset + (records * RecordBytes);

    /// <summary>Number of messages that a call over this many elements takes.</summary>
    /// <param name="elements">Number of elements in the whole call.</param>
    /// <param name="perMessage">One of the three per-message counts; not 0.</param>
    public static int MessagesFor(int elements, int perMessage) => (int)(((long)elements + perMessage - 1) / perMessage);

    private static int PerMessage(int fixedPart, long elementBytes) =>
        elementBytes == 0 ? 0 : (int)((EbpfDevice.MaxMessageBytes - fixedPart) / elementBytes);

    private string Formula(int fixedPart, int perMessage) =>
        $"({EbpfDevice.MaxMessageBytes} - {fixedPart}) / ({KeySize} + {ValueBytes}) = {perMessage}";
}
