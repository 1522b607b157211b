using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Dispatch;
using KernelSim.EbpfCore.Epochs;
using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Objects;
using KernelSim.EbpfCore.Programs;
using KernelSim.EbpfCore.Rings;
using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore;

/// <summary>
/// The eBPF driver, <c>ebpfcore.sys</c>: load it into one machine with <see cref="Machine.LoadDriver"/>. User mode reaches it through
/// <see cref="EbpfDevice.Win32Name"/>; tools and simulated programs through the methods here.
/// </summary>
public sealed class EbpfCoreDriver : IDriver
{
    private const string ReferenceSite = "ebpfcore:reference";

    private readonly EbpfCoreOptions _options;
    private CoreContext? _core;

    /// <summary>Creates a driver image.</summary>
    /// <param name="options">The driver's configuration; null for the defaults.</param>
    public EbpfCoreDriver(EbpfCoreOptions? options = null)
    {
        _options = options ?? new EbpfCoreOptions();
    }

    /// <inheritdoc/>
    public string Name => "EbpfCore";

    /// <summary>Number of objects (maps, programs, links) that have not been freed.</summary>
    public int ObjectCount => _core?.Objects.LiveCount ?? 0;

    /// <summary>Number of blocks and work items that wait for epochs to end. Exact only while no thread is in the driver.</summary>
    public int WaitingCount => _core?.Epochs.WaitingCount ?? 0;

    /// <summary>
    /// The maps, programs and links that are referenced, by id, for leak reports and debuggers. The caller gets no references: an object may
    /// have been freed meanwhile. Empty while the driver is not loaded.
    /// </summary>
    public IReadOnlyList<EbpfObject> ListObjects()
    {
        if (_core is not { } core)
        {
            return [];
        }

        using KernelScope kernel = core.Machine.EnterKernel();
        return core.Objects.List(kernel.Thread);
    }

    private CoreContext Core => _core ?? throw new InvalidOperationException("The driver is not loaded; load it with Machine.LoadDriver.");

    /// <inheritdoc/>
    public NtStatus DriverEntry(KeThread current, DriverObject driver)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(driver);
        if (_core is not null)
        {
            return NtStatus.ImageAlreadyLoaded;
        }

        Machine machine = driver.Machine;
        NtStatus status = machine.Io.CreateDevice(driver, EbpfDevice.DeviceName, out DeviceObject? device);
        if (!status.IsSuccess)
        {
            return status;
        }

        device!.AdministratorsOnly = true;
        device.DescribeRequest = Describe;
        device.ProtocolChecks = CheckTable.OfTheSystem;
        status = machine.Io.CreateSymbolicLink(EbpfDevice.SymbolicLink, EbpfDevice.DeviceName);
        if (!status.IsSuccess)
        {
            machine.Io.DeleteDevice(device);
            return status;
        }

        driver.LockRanks = CoreLockRanks.All;
        machine.FlightRecorder.AddNames(CoreFlightNames.Instance);
        CoreContext core = new(driver, _options, device);
        if (!core.Start(current))
        {
            core.Stop(current);
            machine.Io.DeleteSymbolicLink(EbpfDevice.SymbolicLink);
            machine.Io.DeleteDevice(device);
            return NtStatus.NoMemory;
        }

        _core = core;
        device.Extension = core;
        driver.SetMajorFunction(IrpMajorFunction.DeviceControl, (thread, _, irp) => DeviceControlDispatch.Run(core, thread, irp));
        driver.SetMajorFunction(IrpMajorFunction.Close, (thread, _, irp) => Close(thread, irp));
        driver.Unload = Unload;
        return NtStatus.Success;
    }

    /// <summary>
    /// Looks up the map behind a process's handle. The caller owns the reference that it gets and drops it with
    /// <see cref="EbpfObject.Dereference"/>, before the driver is unloaded.
    /// </summary>
    /// <returns>Success, or <see cref="EbpfResult.InvalidObject"/> if the handle is not a map's.</returns>
    public EbpfResult ReferenceMap(PsProcess process, NtHandle handle, out EbpfMap? map)
    {
        ArgumentNullException.ThrowIfNull(process);
        using KernelScope kernel = Core.Machine.EnterKernel(process);
        Caller caller = new(Core, kernel.Thread, process, ReferenceSite);
        EbpfResult result = caller.Reference(handle, EbpfObjectType.Map, out EbpfObject? @object);
        map = (EbpfMap?)@object;
        return result;
    }

    /// <summary>Looks up the map with an id; otherwise like <see cref="ReferenceMap(PsProcess, NtHandle, out EbpfMap?)"/>.</summary>
    /// <returns>Success, or <see cref="EbpfResult.KeyNotFound"/> if no map has the id.</returns>
    public EbpfResult ReferenceMap(uint id, out EbpfMap? map)
    {
        using KernelScope kernel = Core.Machine.EnterKernel();
        EbpfResult result = Core.Objects.Reference(kernel.Thread, id, EbpfObjectType.Map, out EbpfObject? @object);
        map = (EbpfMap?)@object;
        return result;
    }

    /// <summary>
    /// Looks up the program behind a process's handle; otherwise like <see cref="ReferenceMap(PsProcess, NtHandle, out EbpfMap?)"/>.
    /// </summary>
    public EbpfResult ReferenceProgram(PsProcess process, NtHandle handle, out EbpfProgram? program)
    {
        ArgumentNullException.ThrowIfNull(process);
        using KernelScope kernel = Core.Machine.EnterKernel(process);
        Caller caller = new(Core, kernel.Thread, process, ReferenceSite);
        EbpfResult result = caller.Reference(handle, EbpfObjectType.Program, out EbpfObject? @object);
        program = (EbpfProgram?)@object;
        return result;
    }

    /// <summary>Looks up the program with an id; otherwise like <see cref="ReferenceMap(uint, out EbpfMap?)"/>.</summary>
    /// <returns>Success, or <see cref="EbpfResult.KeyNotFound"/> if no program has the id.</returns>
    public EbpfResult ReferenceProgram(uint id, out EbpfProgram? program)
    {
        using KernelScope kernel = Core.Machine.EnterKernel();
        EbpfResult result = Core.Objects.Reference(kernel.Thread, id, EbpfObjectType.Program, out EbpfObject? @object);
        program = (EbpfProgram?)@object;
        return result;
    }

    /// <summary>
    /// Runs a program as a hook provider would: on a processor at DISPATCH_LEVEL, in an epoch, with the map helpers, on
    /// the calling host thread. The caller must hold a reference to each map that it uses.
    /// </summary>
    /// <param name="processor">Number of the processor to run on.</param>
    /// <param name="program">
    /// The program. Its argument, and every pointer or span obtained from it, is valid until it returns. It must not block.
    /// </param>
    public unsafe void RunProgram(int processor, Action<EbpfProgramContext> program)
    {
        ArgumentNullException.ThrowIfNull(program);
        CoreContext core = Core;
        core.Machine.RunOnProcessor(processor, Irql.Dispatch, current =>
        {
            using EpochScope epoch = core.Epochs.Enter(current);
            ProgramExecution execution = ProgramExecution.Begin(current);
            program(new EbpfProgramContext(new HelperCall(core, current, program: null, context: null, ref execution), []));
        });
    }

    /// <summary>
    /// Reserves room in a ring for a record that is written and finished later, as kernel code in C may: <c>ebpf_ring_buffer_reserve</c>, for a perf
    /// event array <c>ebpf_ring_buffer_reserve_exclusive</c>. Programs have no helper for it. The caller holds a reference to the map until
    /// the record is finished, and does not call this from within a program.
    /// </summary>
    /// <param name="map">A ring buffer or a perf event array.</param>
    /// <param name="processor">The processor to run on; in a perf event array, it selects the ring.</param>
    /// <param name="length">Size of the payload in bytes.</param>
    /// <param name="record">The locked record; null if there is none.</param>
    /// <returns>
    /// Success; <see cref="EbpfResult.InvalidArgument"/> for a length that the ring can never hold, <see cref="EbpfResult.NoMemory"/> for one
    /// that it has no room for now; <see cref="EbpfResult.OperationNotSupported"/> for a map without rings.
    /// </returns>
    public EbpfResult ReserveRecord(EbpfMap map, int processor, uint length, out RingRecord? record)
    {
        ArgumentNullException.ThrowIfNull(map);
        EbpfResult result = EbpfResult.OperationNotSupported;
        RingRecord? made = null;
        if (map is RingMap rings)
        {
            Core.Machine.RunOnProcessor(processor, Irql.Dispatch, current =>
            {
                Ring ring = rings.Rings[rings.Traits.IsPerCpuInKernel ? processor : 0];
                result = ring.Reserve(current, length, site: null, out RingReservation reservation);
                made = result == EbpfResult.Success ? new RingRecord(current.Machine, ring, reservation) : null;
            });
        }

        record = made;
        return result;
    }

    /// <summary>The last handle was closed: the file object's target drops what it owned. A plain device handle has no target.</summary>
    private static NtStatus Close(KeThread current, Irp irp)
    {
        (irp.FileObject.FsContext as IHandleTarget)?.OnHandleClose(current);
        current.Machine.Io.CompleteRequest(current, irp, NtStatus.Success, 0);
        return NtStatus.Success;
    }

    private static string? Describe(IoControlCode code, ReadOnlySpan<byte> request) =>
        request.Length >= OperationHeader.ByteCount ? OperationTable.Find(MemoryMarshal.Read<OperationHeader>(request).Id)?.Name : null;

    private void Unload(DriverObject driver)
    {
        CoreContext core = Core;
        KeThread current = KeThread.Current;
        driver.Machine.Io.DeleteSymbolicLink(EbpfDevice.SymbolicLink);
        driver.Machine.Io.DeleteDevice(core.Device);
        core.Stop(current);
        _core = null;
    }
}
