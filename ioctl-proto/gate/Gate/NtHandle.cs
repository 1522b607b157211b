namespace KernelSim.Protocol.Gate;

/// <summary>A handle: an entry of a process's handle table. On the wire a handle is an <c>i64</c>.</summary>
/// <param name="Value">The number; -1 is the invalid handle.</param>
public readonly record struct NtHandle(long Value)
{
    /// <summary><c>INVALID_HANDLE_VALUE</c>, also <c>ebpf_handle_invalid</c>.</summary>
    public static readonly NtHandle Invalid = new(-1);

    /// <inheritdoc/>
    public override string ToString() => Value == -1 ? "none" : $"0x{Value:x}";
}
