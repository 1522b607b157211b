using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol.Gate;
using KernelSim.Tracing;

namespace KernelSim.Nt.Io;

/// <summary>Events that more than one part of the I/O manager writes.</summary>
internal static class IoTrace
{
    /// <summary>The kernel could not reach memory that a process told it to use.</summary>
    public static void Violation(ulong requestId, KeThread current, PsProcess process, in AccessViolation violation) =>
        KernelEventSource.Log.AccessViolation(
            requestId,
            current.ProcessorNumber,
            process.Id,
            violation.Access == MemoryAccess.Read ? "read" : "write",
            violation.Address,
            violation.Length,
            violation.Site);
}
