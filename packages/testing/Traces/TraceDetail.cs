namespace KernelSim.Testing;

/// <summary>What a test records of its machine.</summary>
public enum TraceDetail
{
    /// <summary>Calls, requests, checks, refusals, faults, handles, maps, programs and links; no copies, no pool blocks, no epochs.</summary>
    Checks,

    /// <summary>Everything: also each copy of bytes, and each pool block with the request that allocated it.</summary>
    Verbose,

    /// <summary>Nothing.</summary>
    Off,
}
