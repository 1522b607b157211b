namespace KernelSim.Tool.Story;

/// <summary>A paragraph, wrapped to the available width.</summary>
/// <param name="Label">A word before it, such as <c>Why</c>; empty for none.</param>
/// <param name="Text">Text of the paragraph.</param>
internal sealed record ProseBlock(string Label, IReadOnlyList<Run> Text) : StoryBlock
{
    /// <summary>A paragraph without a label.</summary>
    public static ProseBlock Of(params Run[] text) => new(string.Empty, text);

    /// <summary>A paragraph with a word before it.</summary>
    public static ProseBlock Labelled(string label, params Run[] text) => new(label, text);
}
