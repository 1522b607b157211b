using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>The positions of a ring's writer and reader: <c>ebpf_map_async_query_result_t</c>, 24 bytes.</summary>
[UpstreamStruct("ebpf_map_async_query_result_t", 24)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 24)]
public struct MapAsyncQueryResult
{
    /// <summary>The writer's position, in bytes since the ring was created.</summary>
    [FieldOffset(0)]
    public ulong Producer;

    /// <summary>The reader's position, in bytes since the ring was created.</summary>
    [FieldOffset(8)]
    public ulong Consumer;

    /// <summary>Records lost because the ring was full; perf event arrays only.</summary>
    [FieldOffset(16)]
    public ulong LostCount;
}
