using KernelSim.Protocol;

namespace KernelSim.LabScripts.Abi.Linux;

/// <summary>The arguments of <c>BPF_MAP_CREATE</c>.</summary>
/// <param name="Type">The requested type.</param>
/// <param name="Row">What Linux says of that type; null if it does not have it.</param>
/// <param name="Name">The name; libbpf passes its first 15 bytes.</param>
/// <param name="KeySize">Bytes in a key.</param>
/// <param name="ValueSize">Bytes in one CPU's value.</param>
/// <param name="MaxEntries">The most elements.</param>
/// <param name="Flags">Flags of the map.</param>
/// <param name="InnerFd">Descriptor of the template of a map of maps; 0 if none was given.</param>
/// <param name="Calls">The personality.</param>
internal sealed record LinuxMapRequest(
    BpfMapType Type,
    LinuxMapType? Row,
    string? Name,
    uint KeySize,
    uint ValueSize,
    uint MaxEntries,
    LinuxMapFlags Flags,
    int InnerFd,
    LinuxCalls Calls);
