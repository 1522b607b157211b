namespace KernelSim.Protocol.Gate;

/// <summary>What was tried on an address.</summary>
public enum MemoryAccess
{
    /// <summary>Reading.</summary>
    Read,

    /// <summary>Writing.</summary>
    Write,
}
