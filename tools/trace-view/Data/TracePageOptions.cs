namespace KernelSim.TraceView;

/// <summary>The parts of a page other than its trace.</summary>
public sealed record TracePageOptions
{
    /// <summary>The page's title.</summary>
    public string Title { get; init; } = "KernelSim trace";

    /// <summary>The origin of the trace, such as the name of its file; empty for none.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>
    /// A story before the trace, as markup that is inserted unchanged; empty for none. Its classes are those of
    /// <c>Assets/story.css</c>, and a link to <c>#request=N</c> opens that request in the trace.
    /// </summary>
    public string StoryMarkup { get; init; } = string.Empty;

    /// <summary>
    /// Whether the recorded process had made the same calls before. If not, and the trace begins at the machine's boot, the page marks the first
    /// call of each function as cold.
    /// </summary>
    public bool IsWarm { get; init; }
}
