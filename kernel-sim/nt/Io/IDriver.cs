using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Nt.Io;

/// <summary>A driver image: what <see cref="Machine.LoadDriver"/> loads.</summary>
public interface IDriver
{
    /// <summary>The service name, such as <c>EbpfCore</c>; the driver object is <c>\Driver\</c> followed by it.</summary>
    string Name { get; }

    /// <summary>The entry point, DriverEntry: fills the major-function table and creates devices. Runs at PASSIVE_LEVEL.</summary>
    /// <returns>Success, or the reason not to load the driver, which must then have undone everything.</returns>
    NtStatus DriverEntry(KeThread current, DriverObject driver);
}
