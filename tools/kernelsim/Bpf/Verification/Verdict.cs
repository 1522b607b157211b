namespace KernelSim.Tool.Bpf.Verification;

/// <summary>What a verifier says of a program.</summary>
/// <param name="Reasons">Why it is refused; none: it passes.</param>
/// <param name="Known">What is known before instructions.</param>
internal sealed record Verdict(IReadOnlyList<VerdictReason> Reasons, IReadOnlyList<KnownBefore> Known)
{
    /// <summary>A verdict without objection.</summary>
    public static Verdict Passed { get; } = new([], []);

    /// <summary>Whether the program passes.</summary>
    public bool IsPassed => Reasons.Count == 0;
}

/// <summary>A reason to refuse a program.</summary>
/// <param name="Check">The id of the check that refused; null where there is none.</param>
/// <param name="Instruction">The slot of the instruction; -1 if it is about the whole program.</param>
/// <param name="Text">What was given and what was expected.</param>
internal sealed record VerdictReason(string? Check, int Instruction, string Text)
{
    /// <summary>The number that the program has there; null where it is not about a number.</summary>
    public long? Given { get; init; }

    /// <summary>What it should be.</summary>
    public long? Expected { get; init; }
}

/// <summary>What a verifier knows before an instruction runs.</summary>
/// <param name="Instruction">The slot of the instruction.</param>
/// <param name="Facts">One word or expression each: <c>frame 1</c>.</param>
internal sealed record KnownBefore(int Instruction, IReadOnlyList<string> Facts);
