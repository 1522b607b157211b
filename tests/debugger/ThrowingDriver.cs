using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Debugger.Tests;

/// <summary>A driver that throws when it is loaded, with a message of two lines.</summary>
internal sealed class ThrowingDriver : IDriver
{
    public string Name => "Throwing";

    public NtStatus DriverEntry(KeThread current, DriverObject driver) => throw new InvalidOperationException("no device\nand no more");
}
