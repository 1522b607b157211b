namespace KernelSim.UserMode.Rings;

/// <summary>The addresses of one mapped ring in the process: <c>ebpf_ring_buffer_user_mapping_t</c>.</summary>
/// <param name="Consumer">Address of the page with the reader's offset, which the process writes.</param>
/// <param name="Producer">Address of the page with the writers' offset, and in a perf event array the number of lost records at 64.</param>
/// <param name="Data">Address of the data, mapped twice, back to back.</param>
/// <param name="DataSize">Size of the data in bytes, counted once.</param>
internal sealed record RingMapping(ulong Consumer, ulong Producer, ulong Data, ulong DataSize);
