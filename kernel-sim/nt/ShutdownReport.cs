namespace KernelSim.Nt;

/// <summary>What was still outstanding when a machine shut down; empty in a healthy run.</summary>
/// <param name="Leaks">One line each: kind, tag or type, owner, count, bytes.</param>
public sealed record ShutdownReport(IReadOnlyList<string> Leaks)
{
    /// <summary>True if nothing was outstanding.</summary>
    public bool IsClean => Leaks.Count == 0;
}
