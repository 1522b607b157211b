namespace KernelSim.Tool.Bpf.Verification;

/// <summary>The verifiers, in the order in which a program passes them.</summary>
internal static class VerifierTable
{
    /// <summary>One row per verifier.</summary>
    public static IReadOnlyList<IProgramVerifier> All { get; } = [new StructuralVerifier()];

    /// <summary>What all of them check together.</summary>
    public static string Scope => string.Join(" ", All.Select(v => v.Scope));

    /// <summary>The verdict of the first verifier that refuses, or of the last one. What each of them knows is added up.</summary>
    public static Verdict Verify(ProgramToVerify program)
    {
        Verdict all = Verdict.Passed;
        foreach (IProgramVerifier verifier in All)
        {
            Verdict verdict = verifier.Verify(program);
            all = verdict with { Known = [.. all.Known, .. verdict.Known] };
            if (!verdict.IsPassed)
            {
                break;
            }
        }

        return all;
    }
}
