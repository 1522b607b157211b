using KernelSim.Protocol;
using KernelSim.Tracing;

namespace KernelSim.UserMode.Marshalling;

/// <summary>Room for elements in spans of the .NET program, laid out as in <see cref="SpanSource"/>.</summary>
internal readonly ref struct SpanSink(Span<byte> keys, Span<byte> values, BatchLayout batch, PerCpuLayout value, CopyTrace copies) : IElementSink
{
    private readonly Span<byte> _keys = keys;
    private readonly Span<byte> _values = values;

    /// <inheritdoc/>
    public void Store(uint first, ReadOnlySpan<byte> records, ulong recordsAddress)
    {
        int keySize = (int)batch.KeySize;
        int slotSize = (int)value.ValueSize;
        Span<byte> keyBytes = _keys[((int)first * keySize)..];
        Span<byte> valueBytes = _values[((int)first * slotSize * value.SlotCount)..];
        if (value.Padding == 0)
        {
            RecordCodec.Unpack(records, keySize, (int)value.Total, keyBytes, valueBytes);
        }
        else
        {
            RecordCodec.UnpackSlots(records, keySize, slotSize, (int)value.Stride, value.SlotCount, keyBytes, valueBytes);
        }

        copies.Records(CopyStage.Unmarshal, first, records.Length, batch, recordsAddress);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> KeyAt(uint index) => _keys.Slice((int)index * (int)batch.KeySize, (int)batch.KeySize);
}
