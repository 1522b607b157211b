namespace KernelSim.Tool.Story;

/// <summary>A piece of text in one tone.</summary>
/// <param name="Text">The text.</param>
/// <param name="Tone">Meaning of the text.</param>
internal readonly record struct Run(string Text, Tone Tone = Tone.Plain)
{
    /// <summary>Text in the plain tone.</summary>
    public static implicit operator Run(string text) => new(text);

    /// <summary>Emphasised text.</summary>
    public static Run Strong(string text) => new(text, Tone.Strong);

    /// <summary>De-emphasised text.</summary>
    public static Run Dim(string text) => new(text, Tone.Dim);

    /// <summary>A name or a number as a program would write it.</summary>
    public static Run Code(string text) => new(text, Tone.Code);

    /// <summary>A correct value.</summary>
    public static Run Good(string text) => new(text, Tone.Good);

    /// <summary>A wrong value.</summary>
    public static Run Bad(string text) => new(text, Tone.Bad);
}
