namespace KernelSim.Tool.Tour.Story;

/// <summary>A paragraph, wrapped to the width there is.</summary>
/// <param name="Label">A word before it, such as <c>Why</c>; empty for none.</param>
/// <param name="Text">What it says.</param>
internal sealed record ProseBlock(string Label, IReadOnlyList<Run> Text) : StoryBlock
{
    /// <summary>A paragraph without a label.</summary>
    public static ProseBlock Of(params Run[] text) => new(string.Empty, text);

    /// <summary>A paragraph with a word before it.</summary>
    public static ProseBlock Labelled(string label, params Run[] text) => new(label, text);
}
