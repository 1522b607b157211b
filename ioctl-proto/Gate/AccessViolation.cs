namespace KernelSim.Protocol.Gate;

/// <summary>One access to user memory that was not allowed: what a page fault handler would know.</summary>
/// <param name="Access">Reading or writing.</param>
/// <param name="Address">The first byte that could not be reached.</param>
/// <param name="Start">Where the access began; <paramref name="Address"/> lies in it.</param>
/// <param name="Length">How many bytes the access wanted, from <paramref name="Start"/>.</param>
/// <param name="Site">The code that accessed, such as <c>library:update_batch.values</c>.</param>
public readonly record struct AccessViolation(MemoryAccess Access, ulong Address, ulong Start, uint Length, string Site)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"access violation: {(Access == MemoryAccess.Read ? "read" : "write")} of {Length} bytes at 0x{Start:x} from {Site}, "
        + $"first bad byte 0x{Address:x}";
}
