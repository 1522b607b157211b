namespace KernelSim.Tool.Story;

/// <summary>The meaning of a piece of text or a range of memory, from which a renderer chooses its appearance.</summary>
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

    /// <summary>A wrong value.</summary>
    Bad,

    /// <summary>Memory: a key.</summary>
    Key,

    /// <summary>Memory: a value.</summary>
    Value,

    /// <summary>Memory: padding.</summary>
    Padding,

    /// <summary>Memory: another block.</summary>
    Neighbour,

    /// <summary>Memory: inaccessible.</summary>
    Guard,
}
