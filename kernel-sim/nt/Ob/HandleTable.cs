using System.Diagnostics.CodeAnalysis;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Ob;

/// <summary>
/// A process's handles. A number carries a generation, so a stale handle is not somebody else's; look-ups hand back a reference.
/// </summary>
public sealed class HandleTable
{
    internal HandleTable()
    {
    }

    /// <summary>Handles in use.</summary>
    public int Count => throw null!;

    /// <summary>Puts an object in, taking a reference of its own.</summary>
    /// <returns><see cref="NtStatus.Success"/>, or <see cref="NtStatus.InsufficientResources"/> when the table is full.</returns>
    public NtStatus Insert(ObObject @object, out NtHandle handle) => throw null!;

    /// <summary>Looks a handle up. The caller owns the reference it gets.</summary>
    /// <returns>Success, <see cref="NtStatus.InvalidHandle"/>, or <see cref="NtStatus.ObjectTypeMismatch"/>.</returns>
    public NtStatus Reference<T>(NtHandle handle, [NotNullWhen(true)] out T? @object)
        where T : ObObject => throw null!;

    /// <summary>Closes a handle.</summary>
    /// <returns>Success or <see cref="NtStatus.InvalidHandle"/>.</returns>
    public NtStatus Close(NtHandle handle) => throw null!;
}
