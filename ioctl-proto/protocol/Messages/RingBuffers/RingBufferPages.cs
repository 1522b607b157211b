using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>The page of a ring that its reader writes to: <c>ebpf_ring_buffer_consumer_page_t</c>.</summary>
[UpstreamStruct("ebpf_ring_buffer_consumer_page_t", 8)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 8)]
public struct RingBufferConsumerPage
{
    /// <summary>How far the reader is, in bytes since the ring was made.</summary>
    [FieldOffset(0)]
    public ulong ConsumerOffset;
}

/// <summary>The page of a ring that its writers write to: <c>ebpf_ring_buffer_producer_page_t</c>.</summary>
[UpstreamStruct("ebpf_ring_buffer_producer_page_t", 8)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 8)]
public struct RingBufferProducerPage
{
    /// <summary>The writers' position, in bytes since the ring was created.</summary>
    [FieldOffset(0)]
    public ulong ProducerOffset;
}

/// <summary>The same page of one CPU's ring in a perf event array: <c>ebpf_perf_event_array_producer_page_t</c>.</summary>
[UpstreamStruct("ebpf_perf_event_array_producer_page_t", 72)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 72)]
public struct PerfEventArrayProducerPage
{
    /// <summary>How far the writer is, in bytes since the ring was made.</summary>
    [FieldOffset(0)]
    public ulong ProducerOffset;

    /// <summary>Records lost because the ring was full, on a cache line of its own.</summary>
    [FieldOffset(64)]
    public ulong LostRecords;
}
