using KernelSim.Nt.Io;
using KernelSim.Nt.Ob;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;

namespace KernelSim.EbpfCore.Objects;

/// <summary>
/// Handles of eBPF objects: <c>libs/runtime/kernel/ebpf_handle_kernel.c</c>. Such a handle is an ordinary handle of a file object on
/// the driver's device; the object is in its FsContext, and the file object owns one user reference.
/// </summary>
internal static class ObjectHandles
{
    /// <summary>Creates a handle: <c>ebpf_handle_create</c>. The handle takes references of its own.</summary>
    /// <returns>Success, or <see cref="EbpfResult.OperationNotSupported"/> if the system has no handle left.</returns>
    public static EbpfResult CreateHandle(this in Caller caller, IHandleTarget target, out NtHandle handle)
    {
        handle = NtHandle.Invalid;
        if (caller.Process is not { } process)
        {
            return EbpfResult.OperationNotSupported;
        }

        target.OnHandleCreate(caller.Current);
        FileObject file = caller.Current.Machine.Io.CreateFileObject(caller.Core.Device, target);
        NtStatus status = process.Handles.Insert(file, out handle);

        // Without a handle this is the last reference, and closing the file object drops what it owns.
        file.Dereference();
        return status.IsSuccess ? EbpfResult.Success : EbpfResult.OperationNotSupported;
    }

    /// <summary>
    /// Looks up the object behind a handle; the caller owns the reference that it gets: <c>EBPF_OBJECT_REFERENCE_BY_HANDLE</c>. Any invalid
    /// handle is <see cref="EbpfResult.InvalidObject"/>.
    /// </summary>
    /// <param name="caller">The caller, whose process the handle belongs to.</param>
    /// <param name="handle">The handle to look up.</param>
    /// <param name="type">The required type; <see cref="EbpfObjectType.Unknown"/> accepts any.</param>
    /// <param name="object">The object on success.</param>
    public static EbpfResult Reference(this in Caller caller, NtHandle handle, EbpfObjectType type, out EbpfObject? @object)
    {
        EbpfResult result = Find(caller, handle, type, out @object, out FileObject? file);
        @object?.Acquire();
        if (file is not null)
        {
            HandleTable.Return(caller.Current, file);
        }

        return result;
    }

    /// <summary>
    /// Looks up the object behind a handle without a reference of the caller's own: the epoch that the caller is in keeps it. Closing the
    /// handle may drop the last reference meanwhile, but the object is not freed before the epoch ends.
    /// </summary>
    /// <inheritdoc cref="Reference"/>
    public static EbpfResult FindInEpoch(this in Caller caller, NtHandle handle, EbpfObjectType type, out EbpfObject? @object)
    {
        EbpfResult result = Find(caller, handle, type, out @object, out FileObject? file);
        if (file is not null)
        {
            HandleTable.Return(caller.Current, file);
        }

        return result;
    }

    /// <summary>
    /// Looks up the object behind a handle. <paramref name="file"/> keeps the object; the caller returns it whenever it is not null, so also if the
    /// object has another type.
    /// </summary>
    private static EbpfResult Find(
        in Caller caller, NtHandle handle, EbpfObjectType type, out EbpfObject? @object, out FileObject? file)
    {
        @object = null;
        file = null;
        ObObject? open = caller.Process?.Handles.Borrow(caller.Current, handle);
        if (!caller.Require(open is FileObject, CheckTable.HandleOpen, handle.Value, 1))
        {
            EbpfResult refused = caller.Refused;
            if (open is not null)
            {
                HandleTable.Return(caller.Current, open);
            }

            return refused;
        }

        file = (FileObject)open!;
        var found = ReferenceEquals(file.Device, caller.Core.Device) ? file.FsContext as EbpfObject : null;
        bool matches = found is not null && (type == EbpfObjectType.Unknown || found.ObjectType == type);
        long given = found is null ? (long)EbpfObjectType.Unknown : (long)found.ObjectType;
        if (!caller.Require(matches, CheckTable.HandleType, given, (long)type))
        {
            return caller.Refused;
        }

        @object = found;
        return EbpfResult.Success;
    }
}
