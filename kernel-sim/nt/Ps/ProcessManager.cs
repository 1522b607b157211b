namespace KernelSim.Nt.Ps;

/// <summary>The machine's processes.</summary>
public sealed class ProcessManager
{
    internal ProcessManager()
    {
    }

    /// <summary>Live processes.</summary>
    public IReadOnlyList<PsProcess> All => throw null!;

    /// <summary>Creates a process. The machine owns its reference until it ends.</summary>
    public PsProcess Create(ProcessOptions? options = null) => throw null!;
}
