namespace KernelSim.Tool.Tour.Story;

/// <summary>One lane of a strip.</summary>
/// <param name="Label">What it shows.</param>
/// <param name="Segments">What lies in it, from the lowest address up.</param>
internal sealed record StripLane(string Label, IReadOnlyList<StripSegment> Segments);
