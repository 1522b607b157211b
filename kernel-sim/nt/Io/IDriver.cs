using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Nt.Io;

/// <summary>A driver image: what <see cref="Machine.LoadDriver"/> loads.</summary>
public interface IDriver
{
    /// <summary>The service name, such as <c>EbpfCore</c>; the driver object is <c>\Driver\</c> and this.</summary>
    string Name { get; }

    /// <summary>The entry point, DriverEntry: fills the major-function table, creates devices. Runs at PASSIVE_LEVEL.</summary>
    /// <returns>Success, or why the driver is not to be loaded; then it has undone what it did.</returns>
    NtStatus DriverEntry(KeThread current, DriverObject driver);
}
