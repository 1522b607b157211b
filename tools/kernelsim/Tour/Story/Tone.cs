namespace KernelSim.Tool.Tour.Story;

/// <summary>What a piece of text or a stretch of memory is, for a renderer to give it a look.</summary>
internal enum Tone
{
    /// <summary>Nothing special.</summary>
    Plain,

    /// <summary>Less important.</summary>
    Dim,

    /// <summary>More important.</summary>
    Strong,

    /// <summary>A name or a number as a program would write it.</summary>
    Code,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Where it goes wrong.</summary>
    Bad,

    /// <summary>Memory: a key.</summary>
    Key,

    /// <summary>Memory: a value.</summary>
    Value,

    /// <summary>Memory: padding.</summary>
    Padding,

    /// <summary>Memory: somebody else's.</summary>
    Neighbour,

    /// <summary>Memory that nobody may touch.</summary>
    Guard,
}
