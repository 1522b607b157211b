using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Samples.Tests.Walk;

internal sealed class EmptyDriver : IDriver
{
    public string Name => "Mailbox";

    public NtStatus DriverEntry(KeThread current, DriverObject driver) => NtStatus.Success;
}
