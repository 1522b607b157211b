using KernelSim.Nt.Mm;

namespace KernelSim.Debugger.Structures;

/// <summary>A block of pool, in use or freed.</summary>
/// <param name="Address">Simulated address of its first byte, after the header.</param>
/// <param name="Host">Its address in the target process.</param>
/// <param name="Tag">The owner's tag; of a freed block its last owner's.</param>
/// <param name="Bytes">Its size as requested; 0 for a freed one, whose size is not kept.</param>
/// <param name="Room">What it takes, header included.</param>
/// <param name="IsFreed">Whether it has been freed.</param>
internal readonly record struct PoolBlock(ulong Address, ulong Host, PoolTag Tag, ulong Bytes, ulong Room, bool IsFreed);
