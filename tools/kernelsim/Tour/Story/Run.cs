namespace KernelSim.Tool.Tour.Story;

/// <summary>A piece of text in one tone.</summary>
/// <param name="Text">The text.</param>
/// <param name="Tone">What it is.</param>
internal readonly record struct Run(string Text, Tone Tone = Tone.Plain)
{
    /// <summary>Text in no special tone.</summary>
    public static implicit operator Run(string text) => new(text);

    /// <summary>More important.</summary>
    public static Run Strong(string text) => new(text, Tone.Strong);

    /// <summary>Less important.</summary>
    public static Run Dim(string text) => new(text, Tone.Dim);

    /// <summary>A name or a number as a program would write it.</summary>
    public static Run Code(string text) => new(text, Tone.Code);

    /// <summary>As it should be.</summary>
    public static Run Good(string text) => new(text, Tone.Good);

    /// <summary>Where it goes wrong.</summary>
    public static Run Bad(string text) => new(text, Tone.Bad);
}
