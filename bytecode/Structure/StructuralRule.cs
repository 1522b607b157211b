namespace KernelSim.Bytecode;

/// <summary>One rule of the structural check. The table of them is <see cref="StructuralCheck.Rules"/>.</summary>
public abstract class StructuralRule
{
    private protected StructuralRule(string id, string text, string fix)
    {
        Id = id;
        Text = text;
        Fix = fix;
    }

    /// <summary>Its name: <c>bytecode.jump_target</c>.</summary>
    public string Id { get; }

    /// <summary>What must hold.</summary>
    public string Text { get; }

    /// <summary>What to do about it.</summary>
    public string Fix { get; }

    private protected StructuralProblem Problem(CheckedProgram program, int index, long given, long expected, string text) =>
        new(this, index, given, expected, $"instruction {index} ({program.TextOf(index)}): {text}");
}
