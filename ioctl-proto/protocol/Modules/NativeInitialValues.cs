namespace KernelSim.Protocol.Modules;

/// <summary>The initial contents of a map of maps or program array: <c>map_initial_values_t</c>.</summary>
/// <param name="Map">The map's name.</param>
/// <param name="Values">Names of maps or programs of the module; the position is the key, null leaves the key empty.</param>
public sealed record NativeInitialValues(string Map, IReadOnlyList<string?> Values);
