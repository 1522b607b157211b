namespace KernelSim.Tool.Tour.Facts;

/// <summary>The names of the performances, as in JSON.</summary>
internal static class PerformanceId
{
    /// <summary>The library before its fix.</summary>
    public const string Before3564 = "before-3564";

    /// <summary>The fixed library on a guarded heap.</summary>
    public const string UpstreamGuarded = "upstream-guarded";

    /// <summary>The fixed library on a packed heap.</summary>
    public const string UpstreamPacked = "upstream-packed";

    /// <summary>The checked library.</summary>
    public const string Checked = "checked";

    /// <summary>The checked library, and an application that counts the CPUs.</summary>
    public const string Right = "right";
}
