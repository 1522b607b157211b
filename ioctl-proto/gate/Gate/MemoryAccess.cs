namespace KernelSim.Protocol.Gate;

/// <summary>The kind of access to memory.</summary>
public enum MemoryAccess
{
    /// <summary>The access reads.</summary>
    Read,

    /// <summary>The access writes.</summary>
    Write,
}
