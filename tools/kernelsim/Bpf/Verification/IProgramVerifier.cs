namespace KernelSim.Tool.Bpf.Verification;

/// <summary>Says whether a program may be loaded. A verifier is one file and one row of <see cref="VerifierTable"/>.</summary>
internal interface IProgramVerifier
{
    /// <summary>Its name in JSON.</summary>
    string Name { get; }

    /// <summary>What it checks and what it leaves to others: one sentence.</summary>
    string Scope { get; }

    /// <summary>Verifies a program, which the verifiers above it in the table have passed. Throws for no program whatever.</summary>
    Verdict Verify(ProgramToVerify program);
}
