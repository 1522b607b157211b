using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tracing;

namespace KernelSim.Nt.Io;

/// <summary>Events that several parts of the I/O manager write, and what it counts with them.</summary>
internal static class IoTrace
{
    /// <summary>Traces that the kernel could not access memory that a process told it to use.</summary>
    public static void Violation(ulong requestId, KeThread current, PsProcess process, in AccessViolation violation)
    {
        current.Record(FlightKind.AccessViolation, requestId, process.Id, (uint)violation.Access, 0, FlightFault.Pack(violation, unhandled: false));
        KernelEventSource.Log.AccessViolation(
            requestId,
            current.ProcessorNumber,
            process.Id,
            MemoryAccessNames.NameOf(violation.Access),
            violation.Address,
            violation.Length,
            violation.Site);
    }

    /// <summary>Traces and counts the end of a control request.</summary>
    public static void IoctlStop(
        ulong requestId, KeThread current, DeviceObject device, IoControlCode code, string operation, NtStatus status, ulong information)
    {
        KernelEventSource.Log.IoctlStop(requestId, current.ProcessorNumber, operation, status.Name, (long)information);
        if (KernelSimMeter.CountsIoctls)
        {
            // A request that was sent before anybody listened has no name yet.
            KernelSimMeter.IoctlCompleted(operation.Length > 0 ? operation : device.NameOf(code), status.Name);
        }
    }
}
