using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Ke;

/// <summary>Whether and how a process has ended. Any thread may read it.</summary>
internal sealed class ProcessExit(int processId)
{
    private readonly Lock _lock = new();
    private NtStatus? _status;
    private AccessViolation? _fault;
    private volatile bool _exited;

    /// <summary>True once the process has begun to end.</summary>
    public bool HasExited => _exited;

    /// <summary>The exit status, once the process has begun to end.</summary>
    public NtStatus? Status => _exited ? _status : null;

    /// <summary>The fault that ended it, if one did.</summary>
    public AccessViolation? Fault => _exited ? _fault : null;

    /// <summary>Begins the end. False if it has begun already.</summary>
    public bool TryBegin(NtStatus status, AccessViolation? fault)
    {
        lock (_lock)
        {
            if (_exited)
            {
                return false;
            }

            _status = status;
            _fault = fault;
            return _exited = true;
        }
    }

    public void ThrowIfExited()
    {
        if (_exited)
        {
            throw Exception();
        }
    }

    /// <summary>The exception that unwinds code of the ended process.</summary>
    public ProcessExitedException Exception() => new(processId, Fault);
}
