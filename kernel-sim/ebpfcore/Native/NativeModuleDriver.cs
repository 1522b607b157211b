using KernelSim.Nt.Images;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Native;

/// <summary>
/// The driver that programs are compiled into: <c>bpf2c_driver.c</c>. It has no device. All it does is to introduce its module, under the
/// id that its service gives it; each service makes an instance of its own.
/// </summary>
/// <remarks>Whether anybody takes the module is not its concern: it stays loaded until its service is stopped.</remarks>
internal sealed class NativeModuleDriver(ServiceEntry service, NativeModuleTable table) : IDriver
{
    private readonly NativeModuleClient _client = new(service.ModuleId, table);

    /// <inheritdoc/>
    public string Name => service.Name;

    /// <inheritdoc/>
    public NtStatus DriverEntry(KeThread current, DriverObject driver)
    {
        NtStatus status = driver.Machine.Nmr.Register(current, _client);
        driver.Unload = Unload;
        return status;
    }

    /// <summary>Goes as soon as nobody needs the module any more, and not before.</summary>
    private void Unload(DriverObject driver)
    {
        KeThread current = KeThread.Current;
        if (driver.Machine.Nmr.Deregister(current, _client) == NtStatus.Pending)
        {
            driver.Machine.Nmr.WaitForDeregister(current, _client);
        }
    }
}
