namespace KernelSim.Tracing;

/// <summary>A truth: an integer on the wire, a word in tools that read the manifest's value maps. A Boolean does not decode everywhere.</summary>
public enum YesNo : uint
{
    /// <summary>False.</summary>
    No = 0,

    /// <summary>True.</summary>
    Yes = 1,
}
