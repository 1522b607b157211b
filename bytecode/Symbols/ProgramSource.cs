namespace KernelSim.Bytecode;

/// <summary>What is known of the source of a linked program.</summary>
/// <param name="Lines">
/// The line of each slot, null where there is none; empty if no line is known. Slots that the compiler has recorded as one piece share an object.
/// </param>
/// <param name="Functions">The functions, by their first slots; empty if none is known.</param>
public sealed record ProgramSource(IReadOnlyList<ProgramSourceLine?> Lines, IReadOnlyList<ProgramFunction> Functions)
{
    /// <summary>Nothing is known.</summary>
    public static ProgramSource None { get; } = new([], []);
}

/// <summary>A function of a linked program.</summary>
/// <param name="FirstInstruction">Its first slot.</param>
/// <param name="Name">Its name in C, or its label in assembly.</param>
/// <param name="Prototype">Its declaration, such as <c>int count(struct xdp_md * ctx)</c>; null if the file does not say.</param>
public sealed record ProgramFunction(int FirstInstruction, string Name, string? Prototype);
