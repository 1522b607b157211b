namespace KernelSim.Protocol.Checks;

/// <summary>eBPF's codes for any check, whether its row states them or only a status.</summary>
public static class CheckCodes
{
    /// <param name="check">A row of <see cref="CheckTable"/> or of <see cref="SystemChecks"/>.</param>
    extension(Check check)
    {
        /// <summary>The result that a refused call returns; for a check that knows only a status, what the library decodes that to.</summary>
        public EbpfResult Result => EbpfCheck.Of(check).Result;

        /// <summary>What a libbpf-shaped call makes of a refusal.</summary>
        public Errno Errno => EbpfCheck.Of(check).Errno;
    }
}
