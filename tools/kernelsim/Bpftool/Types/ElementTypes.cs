namespace KernelSim.Tool.Bpftool.Types;

/// <summary>The types of a map's keys and values. The kernel keeps none, so that they come from the user.</summary>
/// <param name="Key">Type of a key; null if it was not given.</param>
/// <param name="Value">Type of a value; null if it was not given.</param>
internal sealed record ElementTypes(BtfType? Key, BtfType? Value);
