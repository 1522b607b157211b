using KernelSim.Nt.Io;

namespace KernelSim.Nt.Ke;

/// <content>The requests that the thread has finished with and will send again.</content>
public sealed partial class KeThread
{
    internal Queue<Irp> RestingRequests { get; } = new();
}
