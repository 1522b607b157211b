using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.EbpfCore.Maps;

/// <summary>What a map is to be created with, after the checks that all types share.</summary>
/// <param name="Definition">As it came; its value size is one CPU's.</param>
/// <param name="Layout">How its values lie.</param>
/// <param name="Name">UTF-8, at most 63 bytes.</param>
/// <param name="InnerMapHandle">The template of a map of maps, else <see cref="NtHandle.Invalid"/>.</param>
internal sealed record MapParameters(EbpfMapDefinition Definition, PerCpuLayout Layout, byte[] Name, NtHandle InnerMapHandle);
