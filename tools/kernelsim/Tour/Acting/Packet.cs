using KernelSim.Tool.Tour.Facts;

namespace KernelSim.Tool.Tour.Acting;

/// <summary>A packet as the program sees it.</summary>
/// <param name="Port">The packet's destination port.</param>
/// <param name="Length">Size of the packet in bytes.</param>
/// <param name="Dropped">Whether it was dropped.</param>
internal readonly record struct Packet(uint Port, uint Length, bool Dropped)
{
    /// <summary>What it adds to its port's counters.</summary>
    public Counters AsCounters => new(1, Length, Dropped ? 1U : 0U);
}
