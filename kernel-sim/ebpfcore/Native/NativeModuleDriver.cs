using KernelSim.Nt.Images;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Native;

/// <summary>
/// The driver that contains compiled programs: <c>bpf2c_driver.c</c>. It has no device. It only registers its module, under the
/// id that its service gives it; each service creates an instance of its own.
/// </summary>
/// <remarks>It does not matter to it whether the module is used: it stays loaded until its service is stopped.</remarks>
internal sealed class NativeModuleDriver(ServiceEntry service, NativeModuleMetadata metadata) : IDriver
{
    private readonly NativeModuleClient _client = new(service.ModuleId, metadata);

    /// <inheritdoc/>
    public string Name => service.Name;

    /// <inheritdoc/>
    public NtStatus DriverEntry(KeThread current, DriverObject driver)
    {
        NtStatus status = driver.Machine.Nmr.Register(current, _client);
        driver.Unload = Unload;
        return status;
    }

    /// <summary>Waits until the module is no longer in use, then lets the driver unload.</summary>
    private void Unload(DriverObject driver)
    {
        KeThread current = KeThread.Current;
        if (driver.Machine.Nmr.Deregister(current, _client) == NtStatus.Pending)
        {
            driver.Machine.Nmr.WaitForDeregister(current, _client);
        }
    }
}
