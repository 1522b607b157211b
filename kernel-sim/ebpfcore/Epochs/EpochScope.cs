using KernelSim.Nt;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Epochs;

/// <summary>
/// An epoch that the current thread is in, <c>ebpf_epoch_state_t</c>: what it can reach in the map store keeps its bytes until the
/// scope ends. Scopes nest.
/// </summary>
internal readonly ref struct EpochScope : IDisposable
{
    private readonly EpochManager _manager;
    private readonly KeThread _current;
    private readonly ref ulong _slot;
    private readonly int _processor;
    private readonly Irql _irql;

    internal EpochScope(EpochManager manager, KeThread current, Irql irql, int processor, ref ulong slot)
    {
        _manager = manager;
        _current = current;
        _processor = processor;
        _irql = irql;
        _slot = ref slot;
    }

    /// <summary>
    /// Leaves the epoch: <c>ebpf_epoch_exit</c>. At the IRQL at which it was entered; above PASSIVE_LEVEL on the same processor too.
    /// </summary>
    public void Dispose()
    {
        if (_current.Irql != _irql || (_irql >= Irql.Dispatch && _current.ProcessorNumber != _processor))
        {
            _current.Machine.BugCheck(
                BugcheckCode.KernelSecurityCheckFailure, (ulong)_irql, (ulong)_current.Irql, (ulong)_processor, (ulong)_current.ProcessorNumber);
        }

        ulong epoch = _slot;
        if (FlightRecorder.RecordsLevels)
        {
            EpochManager.Record(_current, CoreFlightNames.EpochLeave, epoch);
        }

        EpochReaderSlots.Release(ref _slot);
        _manager.OnExit(_current, epoch);
    }
}
