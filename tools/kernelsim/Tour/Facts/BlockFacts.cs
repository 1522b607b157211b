namespace KernelSim.Tool.Tour.Facts;

/// <summary>A heap block of the simulated application.</summary>
/// <param name="Name">The application's name for it.</param>
/// <param name="Address">Start of the block.</param>
/// <param name="Before">Its bytes when the call was made: the size passed to malloc.</param>
/// <param name="After">Its bytes after the call; null if the process crashed.</param>
internal sealed record BlockFacts(string Name, ulong Address, byte[] Before, byte[]? After)
{
    /// <summary>Address one past its last byte.</summary>
    public ulong End => Address + (ulong)Before.Length;

    /// <summary>Whether the call changed it.</summary>
    public bool Changed => After is not null && !After.AsSpan().SequenceEqual(Before);
}
