using KernelSim.EbpfCore.Async;
using KernelSim.EbpfCore.Epochs;
using KernelSim.EbpfCore.Links;
using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Objects;
using KernelSim.EbpfCore.Programs;
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
internal sealed class EbpfCore
{
    private readonly EbpfCoreOptions _options;
    private readonly GeneralHelperProvider _generalHelpers = new();
    private long _lastModule;

    public EbpfCore(DriverObject driver, EbpfCoreOptions options, DeviceObject device)
    {
        _options = options;
        Machine = driver.Machine;
        Device = device;
        Epochs = new EpochManager(Machine);
        CustomMaps = new ExRundown(Machine);
        LateFrees = new ExRundown(Machine);
        NativeModules = new NativeModules(this);
    }

    /// <summary>The machine.</summary>
    public Machine Machine { get; }

    /// <summary>The device that requests come through, and that eBPF handles are file objects of.</summary>
    public DeviceObject Device { get; }

    /// <summary>How it is configured.</summary>
    public EbpfCoreOptions Options => _options;

    /// <summary>When what is freed.</summary>
    public EpochManager Epochs { get; }

    /// <summary>Requests that are to be completed later.</summary>
    public AsyncTracker Async { get; } = new();

    /// <summary>Objects by id.</summary>
    public ObjectTable Objects { get; } = new();

    /// <summary>Custom maps that their providers have not been told the end of: the driver waits for them when it stops.</summary>
    public ExRundown CustomMaps { get; }

    /// <summary>Objects by path.</summary>
    public PinningTable Pins { get; } = new();

    /// <summary>Drivers that programs are compiled into.</summary>
    public NativeModules NativeModules { get; }

    /// <summary>The ways of running programs that this machine permits.</summary>
    public OperationModes PermittedModes =>
        OperationModes.Native
        | (_options.HypervisorCodeIntegrity ? OperationModes.None : OperationModes.Jit)
        | (_options.Interpreter is not null ? OperationModes.Interpret : OperationModes.None);

    /// <summary>What frees itself at PASSIVE_LEVEL, after its last epoch: the driver does not go before that is done.</summary>
    public ExRundown LateFrees { get; }

    /// <summary>Starts; false when pool refuses.</summary>
    public bool Start(KeThread current)
    {
        Machine.Nmr.Register(current, _generalHelpers);
        NativeModules.Start(current);
        return Epochs.Initialize(current);
    }

    /// <summary>
    /// Stops: detaches links, unpins, frees what lives only in the driver. Waits for programs that hooks are still running, and for nothing
    /// else: nobody is in the driver besides them any more.
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

    /// <summary>The module id of a program's clients, upstream's <c>ebpf_guid_create</c>; the same in every run.</summary>
    public Guid NextModuleId() => new(0x65627066, 0, 0, BitConverter.GetBytes(Interlocked.Increment(ref _lastModule)));

    /// <summary>Takes a module of the driver out of the registrar, and waits until nobody is bound to it.</summary>
    internal void Deregister(KeThread current, NmrModule module)
    {
        if (Machine.Nmr.Deregister(current, module) == NtStatus.Pending)
        {
            Machine.Nmr.WaitForDeregister(current, module);
        }
    }
}
