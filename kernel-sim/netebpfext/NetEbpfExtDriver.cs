using KernelSim.NetEbpfExt.Hooks;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt;

/// <summary>
/// The extension driver <c>netebpfext.sys</c>: the network's program types and hooks. Load it into
/// one machine with <see cref="Nt.Machine.LoadDriver"/>, before or after the eBPF driver; the network itself is
/// <see cref="Events.NetworkEventSource"/>.
/// </summary>
/// <remarks>
/// It has no device: the two drivers meet in the network module registrar. While it is unloaded, links to its hooks stay attached and wait
/// until it is loaded again.
/// </remarks>
public sealed class NetEbpfExtDriver : IDriver
{
    private NetContext? _extension;

    /// <inheritdoc/>
    public string Name => "NetEbpfExt";

    /// <summary>Whether it is loaded.</summary>
    public bool IsLoaded => Volatile.Read(ref _extension) is not null;

    internal NetContext Extension =>
        Volatile.Read(ref _extension) ?? throw new InvalidOperationException("The driver is not loaded; load it with Machine.LoadDriver.");

    /// <inheritdoc/>
    public NtStatus DriverEntry(KeThread current, DriverObject driver)
    {
        ArgumentNullException.ThrowIfNull(driver);
        if (IsLoaded)
        {
            return NtStatus.ImageAlreadyLoaded;
        }

        driver.LockRanks = [HookProvider.LockRank];
        NetContext extension = new(driver.Machine);
        NtStatus status = extension.Start(current);
        if (!status.IsSuccess)
        {
            extension.Stop(current);
            return status;
        }

        Volatile.Write(ref _extension, extension);
        driver.Unload = _ =>
        {
            // No new events are admitted; those in progress are waited for.
            Volatile.Write(ref _extension, null);
            extension.Stop(KeThread.Current);
        };
        return NtStatus.Success;
    }

    /// <summary>Number of programs attached to a hook; 0 for a hook that this driver does not provide.</summary>
    public int ProgramsAttached(BpfAttachType type) => Extension.Find(type)?.ClientCount ?? 0;

    /// <summary>How many programs a hook accepts; null for a hook that this driver does not provide.</summary>
    public static AttachCapability? CapabilityOf(BpfAttachType type) => HookTable.Rows.FirstOrDefault(r => r.Type == type)?.Capability;
}
