namespace KernelSim.Tool.Script;

/// <summary>Whose rules a script's calls follow.</summary>
internal enum ScriptMode
{
    /// <summary>Those of eBPF for Windows.</summary>
    Windows,

    /// <summary>Those of Linux.</summary>
    Linux,

    /// <summary>Both, on a machine each, to be compared.</summary>
    Diff,
}
