namespace KernelSim.Tracing;

/// <summary>The values of field <c>passed</c>: an integer on the wire, a word in tools that read the manifest's value maps.</summary>
public enum CheckOutcome : uint
{
    /// <summary>The request ends here.</summary>
    Refused = 0,

    /// <summary>The request goes on.</summary>
    Passed = 1,
}
