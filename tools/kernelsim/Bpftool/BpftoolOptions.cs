namespace KernelSim.Tool.Bpftool;

/// <summary>The options of a command line.</summary>
internal sealed record BpftoolOptions
{
    /// <summary><c>-j</c>, or <c>-p</c>, which implies it.</summary>
    public bool Json { get; set; }

    /// <summary><c>-p</c>: indented.</summary>
    public bool Pretty { get; set; }

    /// <summary><c>-f</c>: show the paths where objects are pinned.</summary>
    public bool ShowsPins { get; set; }

    /// <summary><c>-d</c>: say more, here why a call was refused.</summary>
    public bool IsVerbose { get; set; }

    /// <summary><c>-V</c>.</summary>
    public bool WantsVersion { get; set; }

    /// <summary><c>-h</c>.</summary>
    public bool WantsHelp { get; set; }

    /// <summary>The word with an option that does not exist; null if there is none.</summary>
    public string? Unrecognized { get; set; }
}
