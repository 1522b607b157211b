using KernelSim.Nt;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Epochs;

/// <summary>
/// Runs one computation after another: a DPC that passes from processor to processor, first with PROPOSE, then with COMMIT. The state
/// belongs to the processor that the DPC is on.
/// </summary>
internal sealed class EpochComputation
{
    private const int Idle = 0;
    private const int Running = 1;
    private const int RunAgain = 2;

    private readonly EpochManager _manager;
    private readonly KDpc _dpc;
    private int _state;
    private bool _committing;
    private int _next;
    private ulong _newEpoch;
    private ulong _proposal;
    private long _freed;

    public EpochComputation(Machine machine, EpochManager manager)
    {
        _manager = manager;
        _dpc = new KDpc(machine, Step);
    }

    /// <summary>Starts a computation, or requests another right after the one in progress.</summary>
    public void Start(KeThread current)
    {
        if (Interlocked.CompareExchange(ref _state, Running, Idle) == Idle)
        {
            Begin(current);
        }
        else if (Interlocked.CompareExchange(ref _state, RunAgain, Running) == Idle)
        {
            // It ended in the meantime.
            Start(current);
        }
    }

    private void Begin(KeThread current)
    {
        _committing = false;
        _proposal = 0;
        _freed = 0;
        _next = 0;
        _dpc.Insert(current, 0);
    }

    private void Step(KeThread current)
    {
        if (_manager.IsRundown)
        {
            return;
        }

        EpochProcessor processor = _manager.Processors[_next];
        if (_committing)
        {
            _freed += _manager.Commit(current, processor, _proposal - 1);
        }
        else
        {
            _manager.Propose(current, processor, ref _newEpoch, ref _proposal);
        }

        if (++_next < _manager.Processors.Count)
        {
            _dpc.Insert(current, _next);
        }
        else if (!_committing)
        {
            _committing = true;
            _next = 0;
            _dpc.Insert(current, 0);
        }
        else
        {
            End(current);
        }
    }

    private void End(KeThread current)
    {
        _manager.OnAdvanced(current, _proposal - 1, _freed);

        // Deferred work may defer more work, such as the next stage of an object's destruction. It is not left to the timer while computations
        // make progress. If a reader holds it back, that reader starts the next computation when it leaves.
        if (_freed != 0 && _manager.HasWork)
        {
            Volatile.Write(ref _state, Running);
            Begin(current);
        }
        else if (Interlocked.CompareExchange(ref _state, Idle, Running) == RunAgain)
        {
            Volatile.Write(ref _state, Running);
            Begin(current);
        }
    }
}
