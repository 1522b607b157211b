using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Mm;

/// <summary>How a process's heap places its blocks. Every member is called with the address space's lock held.</summary>
internal interface IUserHeap
{
    /// <summary>Which of the two it is.</summary>
    HeapMode Mode { get; }

    /// <summary>Places a block.</summary>
    ulong Allocate(uint length);

    /// <summary>Frees a block; false when none starts there.</summary>
    bool TryFree(ulong address);

    /// <summary>The live block around an address.</summary>
    bool TryGetBlock(ulong address, out UserRange block);
}
