namespace KernelSim.Nt.Ke;

/// <summary>Interrupt request levels, x64 numbering.</summary>
public enum Irql : byte
{
    /// <summary>PASSIVE_LEVEL: may block, may touch pageable memory.</summary>
    Passive = 0,

    /// <summary>APC_LEVEL.</summary>
    Apc = 1,

    /// <summary>DISPATCH_LEVEL: one thread per processor, which may not block.</summary>
    Dispatch = 2,

    /// <summary>HIGH_LEVEL.</summary>
    High = 15,
}
