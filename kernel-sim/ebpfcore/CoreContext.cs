using KernelSim.EbpfCore.Async;
using KernelSim.EbpfCore.Epochs;
using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Links;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Objects;
using KernelSim.EbpfCore.Programs.Helpers;
using KernelSim.Nt;
using KernelSim.Nt.Ex;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore;

/// <summary>
/// The execution context of a loaded driver: everything that lives from entry to unload. Started and stopped in upstream's order
/// (<c>ebpf_core_initiate</c>, <c>ebpf_core_terminate</c>).
/// </summary>
internal sealed class CoreContext
{
    private readonly EbpfCoreOptions _options;
    private readonly GeneralHelperProvider _generalHelpers = new();
    private long _lastModule;

    public CoreContext(DriverObject driver, EbpfCoreOptions options, DeviceObject device)
    {
        _options = options;
        Machine = driver.Machine;
        Device = device;
        Epochs = new EpochManager(Machine);
        CustomMaps = new ExRundown(Machine);
        LateFrees = new ExRundown(Machine);
        NativeModules = new NativeModuleRegistry(this);
        MapClientData = new MapClientData(CustomMap.FindElement, new ExtensionEpochs(Epochs));
    }

    /// <summary>The machine that the driver is loaded on.</summary>
    public Machine Machine { get; }

    /// <summary>The device that requests arrive through, and on which the file objects behind eBPF handles are.</summary>
    public DeviceObject Device { get; }

    /// <summary>The driver's configuration.</summary>
    public EbpfCoreOptions Options => _options;

    /// <summary>Reclaims memory that readers may still use.</summary>
    public EpochManager Epochs { get; }

    /// <summary>Requests that will be completed later.</summary>
    public AsyncTracker Async { get; } = new();

    /// <summary>All objects, by id.</summary>
    public ObjectTable Objects { get; } = new();

    /// <summary>Custom maps whose end has not been reported to their providers: stopping the driver waits for them.</summary>
    public ExRundown CustomMaps { get; }

    /// <summary>What custom maps offer to their providers.</summary>
    public MapClientData MapClientData { get; }

    /// <summary>Pinned objects, by path.</summary>
    public PinningTable Pins { get; } = new();

    /// <summary>Drivers that contain compiled programs.</summary>
    public NativeModuleRegistry NativeModules { get; }

    /// <summary>The execution modes that this machine permits.</summary>
    public OperationModes PermittedModes =>
        OperationModes.Native
        | (_options.HypervisorCodeIntegrity ? OperationModes.None : OperationModes.Jit)
        | (_options.Interpreter is not null ? OperationModes.Interpret : OperationModes.None);

    /// <summary>Objects that free themselves at PASSIVE_LEVEL, after their last epoch: unloading the driver waits for them.</summary>
    public ExRundown LateFrees { get; }

    /// <summary>Starts the driver; false if pool refuses.</summary>
    public bool Start(KeThread current)
    {
        Machine.Nmr.Register(current, _generalHelpers);
        NativeModules.Start(current);
        return Epochs.Initialize(current);
    }

    /// <summary>
    /// Stops the driver: detaches links, unpins, frees what exists only in the driver. Waits only for programs that hooks are still running:
    /// no other thread is in the driver any more.
    /// </summary>
    public void Stop(KeThread current)
    {
        using (Epochs.Enter(current))
        {
            EbpfLink.DetachAll(current, Objects);
            Pins.Clear(current);
        }

        Epochs.Terminate();
        CustomMaps.WaitForRelease(current);
        LateFrees.WaitForRelease(current);
        NativeModules.Stop(current);
        Deregister(current, _generalHelpers);
    }

    /// <summary>A module id for a program's clients, upstream's <c>ebpf_guid_create</c>; the same sequence in every run.</summary>
    public Guid NextModuleId() => new(0x65627066, 0, 0, BitConverter.GetBytes(Interlocked.Increment(ref _lastModule)));

    /// <summary>Deregisters a module of the driver, and waits until it has no bindings left.</summary>
    internal void Deregister(KeThread current, NmrModule module)
    {
        if (Machine.Nmr.Deregister(current, module) == NtStatus.Pending)
        {
            Machine.Nmr.WaitForDeregister(current, module);
        }
    }
}
