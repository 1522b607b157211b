namespace KernelSim.Protocol.Gate;

/// <summary>A range of a simulated process's address space: where it starts and how many bytes it has.</summary>
/// <param name="Address">The first byte's address. 0 is NULL.</param>
/// <param name="Length">The number of bytes.</param>
public readonly record struct UserRange(ulong Address, uint Length)
{
    /// <summary>NULL, no bytes: what a caller passes for a buffer that it does not have.</summary>
    public static readonly UserRange Null;

    /// <summary>True for <see cref="Null"/>.</summary>
    public bool IsNull => Address == 0;

    /// <summary>The address one past the last byte.</summary>
    public ulong End => Address + Length;

    /// <inheritdoc/>
    public override string ToString() => $"0x{Address:x} (+{Length})";
}
