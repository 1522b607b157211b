namespace KernelSim.Tool.Story;

/// <summary>One lane of a strip.</summary>
/// <param name="Label">Label of the lane.</param>
/// <param name="Segments">The segments, from the lowest address up.</param>
internal sealed record StripLane(string Label, IReadOnlyList<StripSegment> Segments);
