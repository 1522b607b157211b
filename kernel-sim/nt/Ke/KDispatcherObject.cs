using System.Diagnostics;
using KernelSim.Protocol;

namespace KernelSim.Nt.Ke;

/// <summary>
/// An object that threads can wait for, DISPATCHER_HEADER. The machine's dispatcher lock guards its state. Waiting blocks the host
/// thread, so at DISPATCH_LEVEL only a timeout of zero is allowed.
/// </summary>
public abstract class KDispatcherObject
{
    private protected KDispatcherObject(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        Machine = machine;
    }

    private protected Machine Machine { get; }

    /// <summary>Waits until the object is signalled: <c>KeWaitForSingleObject</c>.</summary>
    /// <param name="current">The waiting thread, below DISPATCH_LEVEL unless <paramref name="timeout"/> is zero.</param>
    /// <param name="timeout">Longest time to wait, in host time; zero polls; negative waits forever.</param>
    /// <returns><see cref="NtStatus.Success"/> or <see cref="NtStatus.Timeout"/>.</returns>
    /// <remarks>A waiting thread gives its turn to work items meanwhile: it may be waiting for one of them.</remarks>
    /// <exception cref="BugcheckException">The machine stopped during the wait.</exception>
    public NtStatus Wait(KeThread current, TimeSpan timeout) => Wait(current, timeout, onBehalfOf: null);

    /// <summary>
    /// Waits on behalf of a process: if it ends meanwhile, the wait ends with <see cref="NtStatus.ProcessIsTerminating"/>, as a wait in
    /// <c>UserMode</c> does.
    /// </summary>
    public NtStatus Wait(KeThread current, TimeSpan timeout, IKernelProcess? onBehalfOf)
    {
        ArgumentNullException.ThrowIfNull(current);
        if (timeout != TimeSpan.Zero)
        {
            current.RequireMayWait();
        }

        long began = timeout > TimeSpan.Zero ? Stopwatch.GetTimestamp() : 0;
        NtStatus status;
        while (!TryWait(current, timeout, began, onBehalfOf, out status))
        {
            Machine.WorkQueue.GiveTurn(current);
        }

        return status;
    }

    /// <summary>Waits. False if the thread must give its turn first.</summary>
    private bool TryWait(KeThread current, TimeSpan timeout, long began, IKernelProcess? onBehalfOf, out NtStatus status)
    {
        lock (Machine.DispatcherLock)
        {
            while (!TryConsumeLocked())
            {
                Machine.ThrowIfStopped();
                if (onBehalfOf is { HasExited: true })
                {
                    status = NtStatus.ProcessIsTerminating;
                    return true;
                }

                int milliseconds = Timeout.Infinite;
                if (timeout >= TimeSpan.Zero)
                {
                    TimeSpan left = timeout == TimeSpan.Zero ? timeout : timeout - Stopwatch.GetElapsedTime(began);
                    if (left <= TimeSpan.Zero)
                    {
                        status = NtStatus.Timeout;
                        return true;
                    }

                    // Rounded up, so that a wait never ends early and then spins for the rest.
                    milliseconds = (int)Math.Min(Math.Ceiling(left.TotalMilliseconds), int.MaxValue);
                }

                if (Machine.WorkQueue.IsAlone)
                {
                    status = milliseconds != Timeout.Infinite ? NtStatus.Timeout : throw HostConcurrency.NobodyElse();
                    return true;
                }

                if (Machine.WorkQueue.SleepLocked(current, current.Worker is null ? null : IsOver(onBehalfOf), milliseconds))
                {
                    status = default;
                    return false;
                }
            }

            status = NtStatus.Success;
            return true;
        }
    }

    /// <summary>Satisfies one wait if the object is signalled. Called with the dispatcher lock held.</summary>
    private protected abstract bool TryConsumeLocked();

    /// <summary>Whether a wait would be satisfied. Called with the dispatcher lock held.</summary>
    private protected abstract bool IsSignalledLocked();

    private Func<bool> IsOver(IKernelProcess? onBehalfOf) => () => IsSignalledLocked() || onBehalfOf is { HasExited: true };
}
