namespace KernelSim.Tool.Story;

/// <summary>A segment of one lane.</summary>
/// <param name="Text">The text in it: of several alternatives separated by |, the first that fits.</param>
/// <param name="Cells">Width in cells.</param>
/// <param name="Tone">Meaning of the text.</param>
internal readonly record struct StripSegment(string Text, int Cells, Tone Tone);
