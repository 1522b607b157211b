using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>Called after a map was deleted, or its creation failed: <c>ebpf_postprocess_map_delete_t</c>. At PASSIVE_LEVEL.</summary>
/// <param name="current">The calling thread's kernel context.</param>
/// <param name="mapContext">What the provider remembers of the map.</param>
public delegate void MapPostprocessDelete(KeThread current, object? mapContext);
