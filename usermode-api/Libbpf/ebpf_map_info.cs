using KernelSim.Protocol;

namespace KernelSim.UserMode;

/// <summary>A pinned map: <c>ebpf_map_info_t</c>. Lists of them are .NET lists, so nothing has to be freed.</summary>
/// <param name="definition">The definition that it was created with.</param>
/// <param name="pin_path">The path, in canonical form. A map with several pins is listed once for each.</param>
public sealed record ebpf_map_info(EbpfMapDefinition definition, string pin_path);
