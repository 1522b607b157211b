using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Mm;

/// <summary>A process's memory: regions with protection, and the heap in one of its two modes.</summary>
public sealed class UserAddressSpace : IUserMemory
{
    internal UserAddressSpace()
    {
    }

    /// <inheritdoc/>
    public HeapMode HeapMode => throw null!;

    /// <inheritdoc/>
    public ulong Allocate(uint length) => throw null!;

    /// <inheritdoc/>
    public void Free(ulong address) => throw null!;

    /// <inheritdoc/>
    public Span<byte> Access(ulong address, uint length, MemoryAccess access, string site) => throw null!;

    /// <inheritdoc/>
    public bool TryAccess(ulong address, uint length, MemoryAccess access, string site, out Span<byte> bytes, out AccessViolation violation) =>
        throw null!;

    /// <inheritdoc/>
    public bool TryGetHeapBlock(ulong address, out UserRange block) => throw null!;

    /// <summary>Reserves and commits a region at an address of the machine's choosing: VirtualAlloc.</summary>
    public ulong AllocateRegion(uint length, PageProtection protection) => throw null!;

    /// <summary>Changes the protection of whole pages: VirtualProtect. False when the range is not within one region.</summary>
    public bool Protect(ulong address, uint length, PageProtection protection) => throw null!;

    /// <summary>Releases a region by its start: VirtualFree. False when none starts there.</summary>
    public bool FreeRegion(ulong address) => throw null!;
}
