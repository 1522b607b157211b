namespace KernelSim.TraceView;

/// <summary>What a page says besides its trace.</summary>
public sealed record TracePageOptions
{
    /// <summary>The page's title.</summary>
    public string Title { get; init; } = "KernelSim trace";

    /// <summary>Where the trace came from, such as the name of its file; empty when nobody needs to know.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>
    /// A story told before the trace, as markup that goes into the page as it is; empty for none. Its classes are those of
    /// <c>Assets/story.css</c>, and a link to <c>#request=N</c> opens that request in the trace.
    /// </summary>
    public string StoryMarkup { get; init; } = string.Empty;
}
