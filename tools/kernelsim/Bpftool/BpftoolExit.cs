namespace KernelSim.Tool.Bpftool;

/// <summary>Ends the tool from within a command, as C's <c>exit</c> does: the usage is printed, and the exit code is -1.</summary>
internal sealed class BpftoolExit : Exception
{
    /// <summary>Whether the usage has been printed.</summary>
    public bool HasHelped { get; set; }
}
