namespace KernelSim.Protocol.Gate;

/// <summary>
/// The address space of one simulated process. User code and the kernel both reach it only through these checked accesses.
/// </summary>
/// <remarks>
/// A returned span stays valid while the process is pinned by a call (<see cref="ISystemGate.BeginCall"/>) or by a system call in
/// progress, even if the process is killed meanwhile. Do not keep it longer.
/// </remarks>
public interface IUserMemory
{
    /// <summary>How the heap lays out blocks.</summary>
    HeapMode HeapMode { get; }

    /// <summary>Allocates a heap block, zero-filled in guarded mode, with stale contents in packed mode: malloc.</summary>
    /// <param name="length">Size in bytes; 0 returns a unique address with no accessible byte.</param>
    /// <returns>The block's address, never 0.</returns>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    ulong Allocate(uint length);

    /// <summary>Frees a heap block; NULL is allowed. Any other address that is not the start of a live block ends the process: free.</summary>
    void Free(ulong address);

    /// <summary>
    /// Checks a range and returns its bytes. Throws, naming the first bad byte, if any of them is not accessible in this way.
    /// </summary>
    /// <exception cref="AccessViolationFault">Some byte of the range is not accessible.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    Span<byte> Access(ulong address, uint length, MemoryAccess access, string site);

    /// <summary>As <see cref="Access"/>, for callers that turn a bad range into a status: the kernel's probe.</summary>
    bool TryAccess(ulong address, uint length, MemoryAccess access, string site, out Span<byte> bytes, out AccessViolation violation);

    /// <summary>
    /// The heap block around an address, as a debugger would find it, in both heap modes. Its length is what was passed to malloc.
    /// </summary>
    /// <returns>False if the address is in no live heap block.</returns>
    bool TryGetHeapBlock(ulong address, out UserRange block);
}
