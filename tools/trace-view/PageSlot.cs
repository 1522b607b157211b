namespace KernelSim.TraceView;

/// <summary>The kinds of parts of the page.</summary>
internal enum PageSlot
{
    /// <summary>The template's own text.</summary>
    Text,

    /// <summary>The title, escaped.</summary>
    Title,

    /// <summary>The style sheets.</summary>
    Style,

    /// <summary>The story before the trace.</summary>
    Story,

    /// <summary>The trace.</summary>
    Data,

    /// <summary>The viewer.</summary>
    Script,
}
