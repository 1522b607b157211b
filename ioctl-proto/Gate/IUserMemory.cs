namespace KernelSim.Protocol.Gate;

/// <summary>
/// The address space of one simulated process. User code and the kernel both reach it only through these checked accesses.
/// </summary>
/// <remarks>
/// A span handed out stays valid while the process is pinned by a call (<see cref="ISystemGate.BeginCall"/>) or a system call in
/// progress, even if the process is killed meanwhile; do not keep one longer.
/// </remarks>
public interface IUserMemory
{
    /// <summary>How the heap lays out blocks.</summary>
    HeapMode HeapMode { get; }

    /// <summary>Allocates a heap block, zero-filled in guarded mode, with whatever lay there before in packed mode: malloc.</summary>
    /// <param name="length">Bytes wanted; 0 gives a unique address with no accessible byte.</param>
    /// <returns>The block's address, never 0.</returns>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    ulong Allocate(uint length);

    /// <summary>Frees a heap block; NULL is allowed. Anything else that is no live block's start ends the process: free.</summary>
    void Free(ulong address);

    /// <summary>
    /// Checks a range and hands out its bytes. Throws, naming the first bad byte, when any of them is not accessible so.
    /// </summary>
    /// <exception cref="AccessViolationFault">The range is not (wholly) accessible.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    Span<byte> Access(ulong address, uint length, MemoryAccess access, string site);

    /// <summary>As <see cref="Access"/>, for callers who answer a bad range with a status: the kernel's probe.</summary>
    bool TryAccess(ulong address, uint length, MemoryAccess access, string site, out Span<byte> bytes, out AccessViolation violation);

    /// <summary>
    /// The heap block around an address, as a debugger would find it, live in both heap modes: what the owner asked malloc for.
    /// </summary>
    /// <returns>False when the address lies in no live heap block.</returns>
    bool TryGetHeapBlock(ulong address, out UserRange block);
}
