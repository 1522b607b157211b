namespace KernelSim.ObjectFiles.Maps;

/// <summary>A map of <c>.maps</c> and where it is there.</summary>
/// <param name="Definition">What its type states.</param>
/// <param name="Offset">Where in the section its variable starts.</param>
/// <param name="Size">The variable's size in bytes.</param>
internal sealed record BtfMapVariable(MapDefinition Definition, uint Offset, uint Size);
