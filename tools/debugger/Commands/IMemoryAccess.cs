using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Commands;

/// <summary>For commands: the simulated memory of the current machine.</summary>
internal interface IMemoryAccess
{
    /// <summary>Pool and sections.</summary>
    KernelMemory Kernel { get; }

    /// <summary>
    /// Reads at a simulated address, of the kernel or of a process: of the given one, else of the only one that has memory there.
    /// </summary>
    /// <param name="address">The simulated address.</param>
    /// <param name="pid">The process whose memory it is; null for any.</param>
    /// <param name="bytes">Where to put what is read.</param>
    /// <returns>Number of bytes that could be read, from the first on; 0 if there is no memory at the address.</returns>
    /// <exception cref="CommandException">Several processes have memory there.</exception>
    int Read(ulong address, uint? pid, Span<byte> bytes);
}
