namespace KernelSim.TraceView;

/// <summary>A stretch of the page.</summary>
/// <param name="Slot">What it is.</param>
/// <param name="Text">The template's text, where it is that.</param>
internal readonly record struct PagePart(PageSlot Slot, string Text);
