using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol.Gate;
using KernelSim.Tracing;

namespace KernelSim.Nt.Io;

/// <summary>Events that several parts of the I/O manager write.</summary>
internal static class IoTrace
{
    /// <summary>Traces that the kernel could not access memory that a process told it to use.</summary>
    public static void Violation(ulong requestId, KeThread current, PsProcess process, in AccessViolation violation) =>
        KernelEventSource.Log.AccessViolation(
            requestId,
            current.ProcessorNumber,
            process.Id,
            MemoryAccessNames.NameOf(violation.Access),
            violation.Address,
            violation.Length,
            violation.Site);
}
