using KernelSim.EbpfCore.Native;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
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
    /// <summary>Creates a handle: <c>ebpf_handle_create</c>. The handle takes a user reference of its own.</summary>
    /// <returns>Success, or <see cref="EbpfResult.OperationNotSupported"/> if the system has no handle left.</returns>
    public static EbpfResult Create(KeThread current, DeviceObject device, PsProcess? process, EbpfObject @object, out NtHandle handle)
    {
        handle = NtHandle.Invalid;
        if (process is null)
        {
            return EbpfResult.OperationNotSupported;
        }

        @object.AcquireUser();
        return Create(current, device, process, (object)@object, out handle);
    }

    /// <summary>Creates a handle of a native module, which is not an object with an id. The handle takes a reference of its own.</summary>
    /// <returns>The same results as for an object.</returns>
    public static EbpfResult Create(KeThread current, DeviceObject device, PsProcess? process, NativeModule module, out NtHandle handle)
    {
        handle = NtHandle.Invalid;
        if (process is null)
        {
            return EbpfResult.OperationNotSupported;
        }

        module.Acquire(current);
        return Create(current, device, process, (object)module, out handle);
    }

    /// <summary>
    /// Looks up the object behind a handle; the caller owns the reference that it gets: <c>EBPF_OBJECT_REFERENCE_BY_HANDLE</c>. Any invalid
    /// handle is <see cref="EbpfResult.InvalidObject"/>.
    /// </summary>
    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="device">The driver's device.</param>
    /// <param name="process">The process that the handle belongs to.</param>
    /// <param name="handle">The handle to look up.</param>
    /// <param name="type">The required type; <see cref="EbpfObjectType.Unknown"/> accepts any.</param>
    /// <param name="site">The caller, for traces.</param>
    /// <param name="object">The object on success.</param>
    public static EbpfResult Reference(
        KeThread current, DeviceObject device, PsProcess? process, NtHandle handle, EbpfObjectType type, string site, out EbpfObject? @object)
    {
        @object = null;
        FileObject? file = null;
        bool isFile = process is not null && process.Handles.Reference(handle, out file).IsSuccess;
        if (!current.Require(isFile, CheckTable.HandleOpen, site, handle.Value, 1))
        {
            return CheckTable.HandleOpen.Result;
        }

        var found = ReferenceEquals(file!.Device, device) ? file.FsContext as EbpfObject : null;
        bool matches = found is not null && (type == EbpfObjectType.Unknown || found.ObjectType == type);
        long given = found is null ? (long)EbpfObjectType.Unknown : (long)found.ObjectType;
        if (!current.Require(matches, CheckTable.HandleType, site, given, (long)type))
        {
            file.Dereference();
            return CheckTable.HandleType.Result;
        }

        found!.Acquire();
        file.Dereference();
        @object = found;
        return EbpfResult.Success;
    }

    private static EbpfResult Create(KeThread current, DeviceObject device, PsProcess process, object owned, out NtHandle handle)
    {
        FileObject file = current.Machine.Io.CreateFileObject(device, owned);
        NtStatus status = process.Handles.Insert(file, out handle);

        // Without a handle this is the last reference, and closing the file object drops what it owns.
        file.Dereference();
        return status.IsSuccess ? EbpfResult.Success : EbpfResult.OperationNotSupported;
    }
}
