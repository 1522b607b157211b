using System.ComponentModel;

namespace KernelSim.HostBpf;

/// <summary>A <c>BPF_MAP_TYPE_RINGBUF</c> of the host kernel and its consumer, which reads records from the mapped memory.</summary>
public sealed unsafe class HostRing : IDisposable
{
    private const uint Busy = 1u << 31;
    private const uint Discarded = 1u << 30;
    private const uint HeaderBytes = 8;

    private readonly nuint _page = (nuint)Environment.SystemPageSize;
    private readonly nuint _shown;
    private readonly uint _mask;
    private readonly byte* _consumer;
    private readonly byte* _producer;

    /// <summary>Creates the map and maps its memory: the reader's position, then the writer's position and the records, twice in a row.</summary>
    /// <param name="bytes">Size of the ring: a power of two, at least a page.</param>
    /// <exception cref="Win32Exception">The host kernel refuses.</exception>
    public HostRing(uint bytes)
    {
        Map = HostBpfMap.Create(HostMapType.RingBuffer, 0, 0, bytes);
        _mask = bytes - 1;
        _shown = _page + (2 * (nuint)bytes);
        _consumer = HostSystemCalls.Map(Map.Descriptor, 0, _page, canWrite: true);
        _producer = _consumer == null ? null : HostSystemCalls.Map(Map.Descriptor, _page, _shown, canWrite: false);
        if (_producer == null)
        {
            Win32Exception refused = new();
            Dispose();
            throw refused;
        }
    }

    /// <summary>What takes a record.</summary>
    /// <param name="record">Its payload, valid until this returns.</param>
    public delegate void RecordReader(ReadOnlySpan<byte> record);

    /// <summary>The map, for programs.</summary>
    public HostBpfMap Map { get; }

    /// <summary>Reads all records that are complete: <c>ring_buffer__consume</c>.</summary>
    /// <returns>The number of records that were handed over.</returns>
    public int Consume(RecordReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        int count = 0;
        ref ulong consumed = ref *(ulong*)_consumer;
        ulong produced = Volatile.Read(ref *(ulong*)_producer);
        for (ulong at = consumed; at < produced; Volatile.Write(ref consumed, at))
        {
            byte* record = _producer + _page + (at & _mask);
            uint header = Volatile.Read(ref *(uint*)record);
            if ((header & Busy) != 0)
            {
                break;
            }

            uint length = header & ~Discarded;
            if ((header & Discarded) == 0)
            {
                reader(new ReadOnlySpan<byte>(record + HeaderBytes, (int)length));
                count++;
            }

            at += (length + HeaderBytes + 7) & ~7u;
        }

        return count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_producer != null)
        {
            HostSystemCalls.Unmap(_producer, _shown);
        }

        if (_consumer != null)
        {
            HostSystemCalls.Unmap(_consumer, _page);
        }

        Map.Dispose();
    }
}
