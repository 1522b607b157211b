namespace KernelSim.Testing;

/// <summary>What a test left behind.</summary>
public enum LeakKind
{
    /// <summary>The machine stopped with a bugcheck that the test did not expect.</summary>
    Bugcheck,

    /// <summary>A host thread is still in the kernel, maybe at a raised IRQL or with locks held.</summary>
    Thread,

    /// <summary>A map, program or link that a handle, a pin or a reference keeps alive.</summary>
    Object,

    /// <summary>A handle of a file, event or section that is still open.</summary>
    Handle,

    /// <summary>A request that its driver has not completed.</summary>
    Request,

    /// <summary>Pool blocks, or memory that waits for an epoch which was not left.</summary>
    Memory,

    /// <summary>Something else that the machine's shutdown reports: a driver, a work item, a lookaside list, a module of the registrar.</summary>
    Other,
}
