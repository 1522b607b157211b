namespace KernelSim.Protocol.Gate;

/// <summary>An access to user memory that was not allowed: what a page fault handler would know.</summary>
/// <param name="Access">Whether the access was a read or a write.</param>
/// <param name="Address">The first inaccessible byte.</param>
/// <param name="Start">Where the access began; <paramref name="Address"/> lies in it.</param>
/// <param name="Length">Bytes to be accessed, from <paramref name="Start"/>.</param>
/// <param name="Site">The code that made the access, such as <c>library:update_batch.values</c>.</param>
public readonly record struct AccessViolation(MemoryAccess Access, ulong Address, ulong Start, uint Length, string Site)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"access violation: {MemoryAccessNames.NameOf(Access)} of {Length} bytes at 0x{Start:x} from {Site}, "
        + $"first bad byte 0x{Address:x}";
}
