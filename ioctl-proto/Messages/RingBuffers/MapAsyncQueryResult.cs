using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>How far writer and reader of a ring are: <c>ebpf_map_async_query_result_t</c>, 24 bytes.</summary>
[UpstreamStruct("ebpf_map_async_query_result_t", 24)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 24)]
public struct MapAsyncQueryResult
{
    /// <summary>How far the writer is, in bytes since the ring was made.</summary>
    [FieldOffset(0)]
    public ulong Producer;

    /// <summary>How far the reader is, in bytes since the ring was made.</summary>
    [FieldOffset(8)]
    public ulong Consumer;

    /// <summary>Records lost for want of room; perf event arrays only.</summary>
    [FieldOffset(16)]
    public ulong LostCount;
}
