using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tracing;

namespace KernelSim.UserMode.Marshalling;

/// <summary>
/// Keys and values in the process's own memory, as the libbpf-shaped calls get them: two pointers, possibly unchecked;
/// an inaccessible element faults when it is reached, after those before it were copied.
/// </summary>
/// <remarks>
/// A message's elements are copied at once if all of them are accessible and copies are not traced, otherwise one by one. Both ways
/// copy the same bytes in the same order.
/// </remarks>
internal readonly struct ProcessBuffers(
    IUserMemory memory, ulong keys, ulong values, BatchLayout layout, BatchSites sites, CopyTrace copies) : IElementSource, IElementSink
{
    /// <inheritdoc/>
    public void Load(uint first, Span<byte> records, ulong recordsAddress)
    {
        if (!copies.IsEnabled && TryReach(first, records.Length, MemoryAccess.Read, out Span<byte> keyBytes, out Span<byte> valueBytes))
        {
            RecordCodec.Pack(keyBytes, valueBytes, KeyBytes, ValueBytes, records);
            copies.Count(CopyStage.Marshal, records.Length);
            return;
        }

        if (ValueBytes == 0)
        {
            // Keys alone have the same layout in the message as in memory: one copy, which faults as a whole.
            memory.Access(KeyAddress(first), (uint)records.Length, MemoryAccess.Read, sites.Keys);
        }

        for (uint element = first; !records.IsEmpty; element++)
        {
            Fetch(element, KeyAddress(element), sites.Keys, records[..KeyBytes], recordsAddress);
            if (ValueBytes > 0)
            {
                Fetch(
                    element,
                    ValueAddress(element),
                    sites.Values,
                    records.Slice(KeyBytes, ValueBytes),
                    recordsAddress + layout.KeySize);
            }

            records = records[(int)layout.RecordBytes..];
            recordsAddress += (ulong)layout.RecordBytes;
        }
    }

    /// <inheritdoc/>
    public void Store(uint first, ReadOnlySpan<byte> records, ulong recordsAddress)
    {
        if (!copies.IsEnabled && TryReach(first, records.Length, MemoryAccess.Write, out Span<byte> keyBytes, out Span<byte> valueBytes))
        {
            RecordCodec.Unpack(records, KeyBytes, ValueBytes, keyBytes, valueBytes);
            copies.Count(CopyStage.Unmarshal, records.Length);
            return;
        }

        for (uint element = first; !records.IsEmpty; element++)
        {
            Deliver(element, KeyAddress(element), sites.Keys, records[..KeyBytes], recordsAddress);
            Deliver(
                element,
                ValueAddress(element),
                sites.Values,
                records.Slice(KeyBytes, ValueBytes),
                recordsAddress + layout.KeySize);
            records = records[(int)layout.RecordBytes..];
            recordsAddress += (ulong)layout.RecordBytes;
        }
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> KeyAt(uint index) =>
        memory.Access(KeyAddress(index), layout.KeySize, MemoryAccess.Read, sites.Keys);

    private int KeyBytes => (int)layout.KeySize;

    private int ValueBytes => (int)layout.ValueBytes;

    private ulong KeyAddress(uint element) => keys + ((ulong)element * layout.KeySize);

    private ulong ValueAddress(uint element) => values + ((ulong)element * layout.ValueBytes);

    private bool TryReach(
        uint first, int recordsLength, MemoryAccess access, out Span<byte> keyBytes, out Span<byte> valueBytes)
    {
        uint count = (uint)(recordsLength / layout.RecordBytes);
        valueBytes = default;
        return memory.TryAccess(KeyAddress(first), count * layout.KeySize, access, sites.Keys, out keyBytes, out _)
            && (ValueBytes == 0
                || memory.TryAccess(ValueAddress(first), count * layout.ValueBytes, access, sites.Values, out valueBytes, out _));
    }

    private void Fetch(uint element, ulong source, string site, Span<byte> destination, ulong destinationAddress)
    {
        memory.Access(source, (uint)destination.Length, MemoryAccess.Read, site).CopyTo(destination);
        copies.Copy(CopyStage.Marshal, element, source, destinationAddress, destination.Length);
    }

    private void Deliver(uint element, ulong destination, string site, ReadOnlySpan<byte> source, ulong sourceAddress)
    {
        source.CopyTo(memory.Access(destination, (uint)source.Length, MemoryAccess.Write, site));
        copies.Copy(CopyStage.Unmarshal, element, sourceAddress, destination, source.Length);
    }
}
