namespace KernelSim.Bytecode;

/// <summary>A line of a program's source.</summary>
/// <param name="File">Path of the file, as the compiler recorded it.</param>
/// <param name="Line">Number of the line, from 1.</param>
/// <param name="Text">The line itself; empty if it is not known.</param>
public sealed record ProgramSourceLine(string File, int Line, string Text)
{
    /// <summary>The column that an instruction was made from, from 1; 0 if it is not known.</summary>
    public int Column { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Text.Length == 0 ? $"{File}:{Line}" : $"{File}:{Line} \"{Text.Trim()}\"";
}
