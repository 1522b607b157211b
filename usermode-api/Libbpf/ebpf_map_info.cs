using KernelSim.Protocol;

namespace KernelSim.UserMode;

/// <summary>A pinned map: <c>ebpf_map_info_t</c>. Lists of them are .NET's, so that nothing has to be freed.</summary>
/// <param name="definition">What it was created with.</param>
/// <param name="pin_path">The path, in canonical form. A map that is pinned under several is listed with each.</param>
public sealed record ebpf_map_info(EbpfMapDefinition definition, string pin_path);
