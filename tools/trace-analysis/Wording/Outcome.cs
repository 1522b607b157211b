using KernelSim.Protocol;

namespace KernelSim.TraceAnalysis.Wording;

/// <summary>A way to reach an errno without a check: what was requested does not exist, already exists, or has ended.</summary>
/// <param name="Errno">The errno, by name.</param>
/// <param name="Result">The result behind it; null if no request was sent.</param>
/// <param name="Calls">The calls that can end this way.</param>
/// <param name="Cause">When this happens.</param>
public sealed record Outcome(Errno Errno, EbpfResult? Result, string Calls, string Cause)
{
    /// <summary>An outcome that the driver or the library names by a result.</summary>
    public Outcome(EbpfResult result, string calls, string cause)
        : this(ResultConversions.ToErrno(result), result, calls, cause)
    {
    }
}
