namespace KernelSim.Tool.Tour.Facts;

/// <summary>A heap block of the simulated application.</summary>
/// <param name="Name">What the application calls it.</param>
/// <param name="Address">Where it begins.</param>
/// <param name="Before">Its bytes when the call was made: as many as it asked malloc for.</param>
/// <param name="After">Its bytes after the call; null when the process did not survive it.</param>
internal sealed record BlockFacts(string Name, ulong Address, byte[] Before, byte[]? After)
{
    /// <summary>One past its last byte.</summary>
    public ulong End => Address + (ulong)Before.Length;

    /// <summary>Whether the call changed it.</summary>
    public bool Changed => After is not null && !After.AsSpan().SequenceEqual(Before);
}
