using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Ex;

public sealed partial class ExWorkItem
{
    /// <summary>Queues it on behalf of a request: it runs with the request's id, and refusals are reported to the process that sent it.</summary>
    public bool Queue(KeThread current, Irp irp)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(irp);
        return Queue(irp.RequestId, irp.Process);
    }
}
