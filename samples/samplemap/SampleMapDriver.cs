using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Samples.SampleMap;

/// <summary>The extension driver that provides <see cref="SampleObjectMap"/>: it only registers its provider.</summary>
/// <remarks>
/// Load it before the eBPF driver: a machine that shuts down unloads drivers newest first, and this one cannot be unloaded before its maps
/// are freed. To unload it by hand, close its maps first: a map is freed when the epochs that could reach it have ended.
/// </remarks>
public sealed class SampleMapDriver : IDriver
{
    private readonly SampleObjectMap _map = new();

    /// <inheritdoc/>
    public string Name => "SampleMap";

    /// <summary>Number of objects that are in maps.</summary>
    public int ObjectCount => _map.ObjectCount;

    /// <inheritdoc/>
    public NtStatus DriverEntry(KeThread current, DriverObject driver)
    {
        ArgumentNullException.ThrowIfNull(driver);
        Machine machine = driver.Machine;
        MapProvider provider = _map.CreateProvider();
        NtStatus status = machine.Nmr.Register(current, provider);
        if (status.IsSuccess)
        {
            driver.Unload = _ => Unregister(machine, provider);
        }

        return status;
    }

    private static void Unregister(Machine machine, MapProvider provider)
    {
        // Each map is a client that keeps its provider registered until the map has been freed: unloading waits for the last of them.
        KeThread current = KeThread.Current;
        if (machine.Nmr.Deregister(current, provider) == NtStatus.Pending)
        {
            machine.Nmr.WaitForDeregister(current, provider);
        }
    }
}
