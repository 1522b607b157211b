using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>After a map has gone, or could not be created after all: <c>ebpf_postprocess_map_delete_t</c>. At PASSIVE_LEVEL.</summary>
/// <param name="current">The thread.</param>
/// <param name="mapContext">What the provider remembers of the map.</param>
public delegate void MapPostprocessDelete(KeThread current, object? mapContext);
