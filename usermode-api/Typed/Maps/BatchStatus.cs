namespace KernelSim.UserMode;

/// <summary>Whether a batch lookup should be repeated.</summary>
public enum BatchStatus
{
    /// <summary>There may be more elements: call again with the same cursor.</summary>
    More,

    /// <summary>The map had no more elements when the last one was read.</summary>
    End,
}
