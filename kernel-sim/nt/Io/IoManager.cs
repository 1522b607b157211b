using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Nt.Io;

/// <summary>The I/O manager: names to devices, calls to IRPs, IRPs to drivers, replies back.</summary>
public sealed class IoManager
{
    internal IoManager()
    {
    }

    /// <summary>Creates a named device: <c>IoCreateDevice</c>.</summary>
    /// <returns>Success or <see cref="NtStatus.ObjectNameCollision"/>.</returns>
    public NtStatus CreateDevice(DriverObject driver, string name, out DeviceObject? device) => throw null!;

    /// <summary>Deletes a device; open file objects keep it until they close: <c>IoDeleteDevice</c>.</summary>
    public void DeleteDevice(DeviceObject device) => throw null!;

    /// <summary>Creates a symbolic link: <c>IoCreateSymbolicLink</c>.</summary>
    public NtStatus CreateSymbolicLink(string link, string target) => throw null!;

    /// <summary>Deletes a symbolic link: <c>IoDeleteSymbolicLink</c>.</summary>
    public NtStatus DeleteSymbolicLink(string link) => throw null!;

    /// <summary>
    /// Makes a file object on a device without asking its driver, for drivers whose own objects are reached through handles. The caller
    /// owns the one reference.
    /// </summary>
    public FileObject CreateFileObject(DeviceObject device, object? context) => throw null!;

    /// <summary>
    /// Completes a request: <c>IoCompleteRequest</c>. At or below DISPATCH_LEVEL; the driver may not touch the request afterwards.
    /// </summary>
    /// <param name="current">The thread that completes.</param>
    /// <param name="irp">The request.</param>
    /// <param name="status">Its final status. Unless it is an error, the reply is copied out.</param>
    /// <param name="information">Bytes of the reply.</param>
    public void CompleteRequest(KeThread current, Irp irp, NtStatus status, ulong information) => throw null!;
}
