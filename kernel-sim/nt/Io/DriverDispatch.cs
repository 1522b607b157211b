using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Nt.Io;

/// <summary>
/// A dispatch routine, DRIVER_DISPATCH. It completes the request (<see cref="IoManager.CompleteRequest"/>) and returns its status, or
/// marks it pending (<see cref="Irp.MarkPending"/>) and returns <see cref="NtStatus.Pending"/>.
/// </summary>
public delegate NtStatus DriverDispatch(KeThread current, DeviceObject device, Irp irp);
