using System.Diagnostics.CodeAnalysis;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;

namespace KernelSim.Nt.SystemCalls;

/// <summary>
/// One system call of a process: from user mode into the kernel and back. During it the process's memory is pinned and the thread is
/// at PASSIVE_LEVEL on a processor; each one advances the clock by a step.
/// </summary>
internal readonly ref struct SystemCall : IDisposable
{
    private readonly PsProcess? _process;
    private readonly KernelScope _scope;

    private readonly ulong _pin;
    private readonly ulong _outerPin;
    private readonly SystemCallNumber _number;

    private SystemCall(PsProcess process, ulong requestId, SystemCallNumber number, KernelScope scope, ulong pin)
    {
        _process = process;
        _scope = scope;
        _pin = pin;
        _number = number;
        _outerPin = scope.Thread.CallPin;
        RequestId = requestId;
    }

    /// <summary>False if the process has ended: the call was not entered, and there is nothing to leave.</summary>
    public bool Entered => _process is not null;

    public ulong RequestId { get; }

    public KeThread Thread => _scope.Thread;

    /// <summary>Enters the kernel; a request id of 0 takes the machine's next one. A thread above PASSIVE_LEVEL: bugcheck.</summary>
    /// <param name="process">The process that calls.</param>
    /// <param name="requestId">The request that the call belongs to.</param>
    /// <param name="number">The call, for the flight recorder. A control request is recorded when its lengths are known.</param>
    /// <param name="argument">What it is about, such as a handle; 0 if that takes more than a number.</param>
    public static SystemCall Enter(PsProcess process, ulong requestId, SystemCallNumber number, ulong argument = 0)
    {
        Machine machine = process.Machine;
        machine.ThrowIfStopped();
        if (process.HasExited)
        {
            return default;
        }

        KeThread thread = machine.ThisThread(out bool isLast);
        ulong id = requestId != 0 ? requestId : thread.NextRequestId();
        if (!process.TryPinMemory(thread, out ulong pin))
        {
            return default;
        }

        KernelScope scope = thread.EnterForCall(process, isLast);
        if (thread.Irql > Irql.Passive)
        {
            RaisedIrql(process, pin, scope);
        }

        SystemCall call = new(process, id, number, scope, pin);
        thread.RequestId = id;
        thread.CallPin = pin;
        thread.SystemCallDepth++;
        if (number != SystemCallNumber.NtDeviceIoControlFile)
        {
            thread.RecordCall(id, process.Id, number, argument);
        }

        return call;
    }

    /// <summary>The status to return: no other status reaches the code of a process that has ended meanwhile.</summary>
    public NtStatus Return(NtStatus status)
    {
        if (_number != SystemCallNumber.NtDeviceIoControlFile && status.IsError)
        {
            Thread.RecordCallFailed(RequestId, _process!.Id, _number, status.Value);
        }

        return _process!.HasExited ? NtStatus.ProcessIsTerminating : status;
    }

    public void Dispose()
    {
        if (_process is null)
        {
            return;
        }

        KeThread thread = _scope.Thread;
        try
        {
            if (!_process.Machine.IsStopped && thread.Irql == Irql.Passive)
            {
                _process.Machine.Clock.Step(thread);
            }
        }
        finally
        {
            Leave(thread);
        }
    }

    [DoesNotReturn]
    private static void RaisedIrql(PsProcess process, ulong pin, KernelScope scope)
    {
        KeThread thread = scope.Thread;
        Irql irql = thread.Irql;
        scope.Dispose();
        process.UnpinMemory(thread, pin);
        process.Machine.BugCheck(BugcheckCode.IrqlGtZeroAtSystemService, 0, (ulong)irql);
    }

    private void Leave(KeThread thread)
    {
        // Before the scope ends: what waits for the end of the system call runs as the thread leaves the kernel.
        thread.SystemCallDepth--;
        thread.CallPin = _outerPin;
        try
        {
            _scope.Dispose();
        }
        finally
        {
            _process!.UnpinMemory(thread, _pin);
        }
    }
}
