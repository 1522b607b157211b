namespace KernelSim.Protocol.Gate;

/// <summary>A range of a simulated process's address space.</summary>
/// <param name="Address">The first byte's address. 0 is NULL.</param>
/// <param name="Length">Size of the range in bytes.</param>
public readonly record struct UserRange(ulong Address, uint Length)
{
    /// <summary>NULL with no bytes: what a caller passes in place of an absent buffer.</summary>
    public static readonly UserRange Null;

    /// <summary>True for <see cref="Null"/>.</summary>
    public bool IsNull => Address == 0;

    /// <summary>The address one past the last byte.</summary>
    public ulong End => Address + Length;

    /// <inheritdoc/>
    public override string ToString() => $"0x{Address:x} (+{Length})";
}
