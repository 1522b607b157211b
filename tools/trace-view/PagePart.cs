namespace KernelSim.TraceView;

/// <summary>A part of the page.</summary>
/// <param name="Slot">The kind of part.</param>
/// <param name="Text">The template's text, for that kind.</param>
internal readonly record struct PagePart(PageSlot Slot, string Text);
