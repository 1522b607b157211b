namespace KernelSim.Protocol;

/// <summary>What maps of a type hold.</summary>
public enum MapContents
{
    /// <summary>Values of bytes.</summary>
    Values,

    /// <summary>Values of bytes, with a slot for each possible CPU.</summary>
    PerCpuValues,

    /// <summary>Programs. User mode writes descriptors and reads ids.</summary>
    Programs,

    /// <summary>Maps. User mode writes descriptors and reads ids.</summary>
    Maps,

    /// <summary>Records in a ring.</summary>
    Records,

    /// <summary>Records, in one ring for each possible CPU.</summary>
    PerCpuRecords,
}
