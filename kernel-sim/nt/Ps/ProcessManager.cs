using KernelSim.Nt.Ke;
using KernelSim.Tracing;

namespace KernelSim.Nt.Ps;

/// <summary>The machine's processes.</summary>
public sealed class ProcessManager
{
    private const int FirstId = 8; // 4 is the system's
    private const int EndedKept = 64;

    private readonly Machine _machine;
    private readonly List<PsProcess> _live = [];

    // Processes that have memory: the live ones, and ended ones with a call still in progress.
    private readonly HashSet<PsProcess> _withMemory = [];
    private int _nextId = FirstId;

    // The latest processes that have ended, for debuggers; the oldest is overwritten.
    private readonly EndedProcess?[] _ended = new EndedProcess?[EndedKept];
    private int _endedCount;

    internal ProcessManager(Machine machine)
    {
        _machine = machine;
    }

    /// <summary>Live processes.</summary>
    public IReadOnlyList<PsProcess> All
    {
        get
        {
            lock (_live)
            {
                return [.. _live];
            }
        }
    }

    /// <summary>Creates a process. The machine owns a reference until it ends.</summary>
    /// <exception cref="ObjectDisposedException">The machine has been disposed.</exception>
    public PsProcess Create(ProcessOptions? options = null)
    {
        ObjectDisposedException.ThrowIf(_machine.IsDisposed, _machine);
        _machine.ThrowIfStopped();
        PsProcess process;
        lock (_live)
        {
            process = new PsProcess(_machine, _nextId, options ?? new ProcessOptions());
            _nextId += 4;
            _live.Add(process);
            _withMemory.Add(process);
        }

        KeThread? thread = _machine.ThreadInKernel();
        _machine.FlightRecorder.Write(FlightKind.ProcessStart, thread?.RequestId ?? 0, process.Id, 0, 0, FlightName.Pack(process.Name));
        KernelEventSource.Log.ProcessStart(
            thread?.RequestId ?? 0,
            thread?.ProcessorNumber ?? -1,
            process.Id,
            process.Name,
            process.Token.IsAdministrator,
            process.Memory.HeapMode == Protocol.Gate.HeapMode.Guarded ? "guarded" : "packed");
        return process;
    }

    /// <summary>Removes a process that has been run down, and drops the machine's reference to it.</summary>
    internal void Remove(PsProcess process)
    {
        bool removed;
        lock (_live)
        {
            removed = _live.Remove(process);
            if (removed)
            {
                _ended[_endedCount++ % EndedKept] = new EndedProcess(process);
            }
        }

        if (removed)
        {
            process.Dereference();
        }
    }

    internal void MemoryReleased(PsProcess process)
    {
        lock (_live)
        {
            _withMemory.Remove(process);
        }
    }

    /// <summary>
    /// Returns the memory of every process to the host; if a call is in progress in one, when that call ends. The machine is shutting down.
    /// </summary>
    internal void ReleaseMemory()
    {
        PsProcess[] processes;
        lock (_live)
        {
            processes = [.. _withMemory];
        }

        foreach (PsProcess process in processes)
        {
            process.CloseCalls();
        }
    }
}
