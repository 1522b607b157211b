using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace SampleNamespace;

/// <summary>The extension driver that provides <see cref="ExpiringMap"/>: it only registers the provider.</summary>
/// <remarks>Load it before the eBPF driver: drivers are unloaded newest first, and a provider stays until its maps are freed.</remarks>
public sealed class ExpiringMapDriver : IDriver
{
    /// <summary>How long an element is found after it was written.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public string Name => "ExpiringMap";

    /// <inheritdoc/>
    public NtStatus DriverEntry(KeThread current, DriverObject driver)
    {
        Machine machine = driver.Machine;
        MapProvider provider = new ExpiringMap(Lifetime).CreateProvider();
        NtStatus status = machine.Nmr.Register(current, provider);
        if (status.IsSuccess)
        {
            driver.Unload = _ => Unregister(machine, provider);
        }

        return status;
    }

    private static void Unregister(Machine machine, MapProvider provider)
    {
        // Each map of the type keeps its provider registered: this waits until the last of them has been freed.
        KeThread current = KeThread.Current;
        if (machine.Nmr.Deregister(current, provider) == NtStatus.Pending)
        {
            machine.Nmr.WaitForDeregister(current, provider);
        }
    }
}
