namespace KernelSim.Tool.Doctor;

/// <summary>What was found out about one thing of the host.</summary>
/// <param name="State">How much of it there is.</param>
/// <param name="Found">What was seen, in a few words.</param>
/// <param name="Means">What follows for KernelSim: a sentence.</param>
/// <param name="Do">What the user can do about it; null where there is nothing to do.</param>
internal sealed record Finding(FindingState State, string Found, string Means, string? Do = null)
{
    /// <summary>All is as it should be.</summary>
    public static Finding Ok(string found, string means) => new(FindingState.Ok, found, means);

    /// <summary>There is some of it.</summary>
    public static Finding Limited(string found, string means, string? advice) => new(FindingState.Limited, found, means, advice);

    /// <summary>There is none of it.</summary>
    public static Finding Missing(string found, string means, string? advice) => new(FindingState.Missing, found, means, advice);

    /// <summary>The state as the output spells it.</summary>
    public string StateName => NameOf(State);

    /// <summary>A state as the output spells it.</summary>
    public static string NameOf(FindingState state) => state.ToString().ToLowerInvariant();
}
