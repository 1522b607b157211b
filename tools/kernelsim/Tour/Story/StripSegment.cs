namespace KernelSim.Tool.Tour.Story;

/// <summary>A stretch of one lane.</summary>
/// <param name="Text">What is written in it: of several texts, with | between them, the first that fits.</param>
/// <param name="Cells">How wide it is.</param>
/// <param name="Tone">What it is.</param>
internal readonly record struct StripSegment(string Text, int Cells, Tone Tone);
