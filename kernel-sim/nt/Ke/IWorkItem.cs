namespace KernelSim.Nt.Ke;

/// <summary>What <see cref="WorkQueue"/> holds: code that a system worker runs at PASSIVE_LEVEL.</summary>
internal interface IWorkItem
{
    /// <summary>Name for reports of items that do not end.</summary>
    string Name { get; }

    /// <summary>Whether it needs no worker and runs on the thread that gives its turn.</summary>
    bool NeverWaits { get; }

    /// <summary>Its place in the queue; guarded by the queue's lock.</summary>
    long Order { get; set; }

    /// <summary>The latest drain of the queue that ran it; guarded by the queue's lock.</summary>
    long LastDrain { get; set; }

    /// <summary>Runs it on a thread that must not wait meanwhile.</summary>
    void RunInPlace(KeThread current);

    /// <summary>Runs it on a worker's thread.</summary>
    void Run(KeThread current);
}
