using KernelSim.Protocol;

namespace KernelSim.Tool.Explain;

/// <summary>A way to reach an errno that no check stands for: what was asked for is not there, is there already, or has ended.</summary>
/// <param name="Errno">The errno.</param>
/// <param name="Result">The result behind it; null where no request was sent.</param>
/// <param name="Calls">The calls that can end so.</param>
/// <param name="Cause">When they do.</param>
internal sealed record Outcome(Errno Errno, EbpfResult? Result, string Calls, string Cause)
{
    /// <summary>An outcome that the driver or the library names by a result.</summary>
    public Outcome(EbpfResult result, string calls, string cause)
        : this(ResultConversions.ToErrno(result), result, calls, cause)
    {
    }
}
