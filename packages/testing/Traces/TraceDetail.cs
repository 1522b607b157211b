namespace KernelSim.Testing;

/// <summary>What a test records of its machine.</summary>
public enum TraceDetail
{
    /// <summary>Calls, requests, checks, refusals, faults, handles, maps, programs and links; no copies, no pool blocks, no epochs.</summary>
    Checks,

    /// <summary>Everything: also each copy of bytes, and each pool block with the request that allocated it.</summary>
    Verbose,

    /// <summary>As <see cref="Checks"/>, without the numbers that checks compare and without handles: for tests of many thousand calls.</summary>
    Calls,

    /// <summary>Nothing.</summary>
    Off,

    /// <summary>As <see cref="Verbose"/>, and each instruction of programs that the interpreter runs. They soon fill the capacity.</summary>
    Instructions,
}
