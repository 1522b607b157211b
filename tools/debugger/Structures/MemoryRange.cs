namespace KernelSim.Debugger.Structures;

/// <summary>Host memory that stands behind simulated addresses.</summary>
/// <param name="Host">Its address in the target process.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="Address">The simulated address of its first byte.</param>
internal readonly record struct MemoryRange(ulong Host, ulong Length, ulong Address)
{
    public ulong End => Address + Length;

    public bool Contains(ulong address) => address - Address < Length;

    public bool ContainsHost(ulong host) => host - Host < Length;

    /// <summary>Where a simulated address is in the target process.</summary>
    public ulong HostOf(ulong address) => Host + (address - Address);

    /// <summary>The simulated address of a place in the target process.</summary>
    public ulong AddressOf(ulong host) => Address + (host - Host);
}
