namespace KernelSim.Tool.Museum.Facts;

/// <summary>How a play ended, judged by its effects and not by return values.</summary>
internal enum ActOutcome
{
    /// <summary>Everything was as meant.</summary>
    Right,

    /// <summary>Something was not as meant.</summary>
    Wrong,

    /// <summary>The process crashed.</summary>
    Crashed,

    /// <summary>The machine stopped.</summary>
    Stopped,
}
