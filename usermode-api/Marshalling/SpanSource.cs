using KernelSim.Protocol;
using KernelSim.Tracing;

namespace KernelSim.UserMode.Marshalling;

/// <summary>
/// Elements in spans of the .NET program: keys back to back, values back to back with the values of all CPUs after each other, unpadded. The
/// spans stand for memory of the process that is not simulated; their address in a trace is 0.
/// </summary>
internal readonly ref struct SpanSource(
    ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, BatchLayout batch, PerCpuLayout value, CopyTrace copies) : IElementSource
{
    private readonly ReadOnlySpan<byte> _keys = keys;
    private readonly ReadOnlySpan<byte> _values = values;

    /// <inheritdoc/>
    public void Load(uint first, Span<byte> records, ulong recordsAddress)
    {
        int keySize = (int)batch.KeySize;
        ReadOnlySpan<byte> keyBytes = _keys[((int)first * keySize)..];
        if (batch.ValueBytes == 0)
        {
            keyBytes[..records.Length].CopyTo(records);
        }
        else
        {
            int slotSize = (int)value.ValueSize;
            ReadOnlySpan<byte> valueBytes = _values[((int)first * slotSize * value.SlotCount)..];
            if (value.Padding == 0)
            {
                RecordCodec.Pack(keyBytes, valueBytes, keySize, (int)value.Total, records);
            }
            else
            {
                RecordCodec.PackSlots(keyBytes, valueBytes, keySize, slotSize, (int)value.Stride, value.SlotCount, records);
            }
        }

        copies.Records(CopyStage.Marshal, first, records.Length, batch, recordsAddress);
    }
}
