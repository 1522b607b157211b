namespace KernelSim.Protocol.Modules;

/// <summary>A section of global variables of a native module, and what they hold at first: <c>global_variable_section_info_t</c>.</summary>
/// <param name="Map">Name of the array map whose only value is the section.</param>
/// <param name="Contents">The bytes of that value: as many as a value of the map has.</param>
public sealed record NativeGlobalVariables(string Map, ReadOnlyMemory<byte> Contents);
