using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Mm;

/// <summary>How a process's heap places its blocks. Every member is called with the address space's lock held.</summary>
internal interface IUserHeap
{
    /// <summary>The heap's mode, packed or guarded.</summary>
    HeapMode Mode { get; }

    /// <summary>The blocks that have not been freed, by address.</summary>
    IEnumerable<UserRange> Blocks { get; }

    /// <summary>Allocates a block and returns its address.</summary>
    ulong Allocate(uint length);

    /// <summary>Frees a block; false if none starts there.</summary>
    bool TryFree(ulong address);

    /// <summary>Finds the live block around an address.</summary>
    bool TryGetBlock(ulong address, out UserRange block);
}
