namespace KernelSim.UserMode.RingBuffers;

/// <summary>Where the parts of one ring lie in the process: <c>ebpf_ring_buffer_user_mapping_t</c>.</summary>
/// <param name="Consumer">The page with the reader's offset, which the process writes.</param>
/// <param name="Producer">The page with the writers' offset, and in a perf event array the records lost at 64.</param>
/// <param name="Data">The records, twice, back to back.</param>
/// <param name="DataSize">Bytes of records, once.</param>
internal sealed record RingMapping(ulong Consumer, ulong Producer, ulong Data, ulong DataSize);
