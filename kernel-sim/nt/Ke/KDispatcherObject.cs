using System.Diagnostics;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;

namespace KernelSim.Nt.Ke;

/// <summary>
/// Something that a thread can wait for, DISPATCHER_HEADER. The machine's dispatcher lock guards its state. Waiting blocks the host
/// thread, so the only way to wait at DISPATCH_LEVEL is with a timeout of zero.
/// </summary>
public abstract class KDispatcherObject
{
    private protected KDispatcherObject(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        Machine = machine;
    }

    private protected Machine Machine { get; }

    /// <summary>Waits until it is signalled: <c>KeWaitForSingleObject</c>.</summary>
    /// <param name="current">The waiting thread, below DISPATCH_LEVEL unless <paramref name="timeout"/> is zero.</param>
    /// <param name="timeout">How long, in host time; zero only looks; negative waits forever.</param>
    /// <returns><see cref="NtStatus.Success"/> or <see cref="NtStatus.Timeout"/>.</returns>
    /// <remarks>A thread that has to wait runs the queued work items first: it is idle, and one of them may be what it waits for.</remarks>
    /// <exception cref="BugcheckException">The machine stopped meanwhile.</exception>
    public NtStatus Wait(KeThread current, TimeSpan timeout) => Wait(current, timeout, onBehalfOf: null);

    /// <summary>As the public one; a process that ends meanwhile ends the wait with <see cref="NtStatus.ProcessIsTerminating"/>.</summary>
    internal NtStatus Wait(KeThread current, TimeSpan timeout, PsProcess? onBehalfOf)
    {
        ArgumentNullException.ThrowIfNull(current);
        if (timeout != TimeSpan.Zero && current.Irql >= Irql.Dispatch)
        {
            current.BugCheckIrql(Irql.Apc);
        }

        if (timeout != TimeSpan.Zero && current.Irql == Irql.Passive && !IsSignalled)
        {
            Machine.WorkQueue.Drain(current);
        }

        long began = Stopwatch.GetTimestamp();
        lock (Machine.DispatcherLock)
        {
            while (!TryConsumeLocked())
            {
                Machine.ThrowIfStopped();
                if (onBehalfOf is { HasExited: true })
                {
                    return NtStatus.ProcessIsTerminating;
                }

                if (timeout < TimeSpan.Zero)
                {
                    Monitor.Wait(Machine.DispatcherLock);
                    continue;
                }

                TimeSpan left = timeout - Stopwatch.GetElapsedTime(began);
                if (left <= TimeSpan.Zero)
                {
                    return NtStatus.Timeout;
                }

                // Rounded up, so that a wait never ends early and then spins on what is left.
                Monitor.Wait(Machine.DispatcherLock, (int)Math.Min(Math.Ceiling(left.TotalMilliseconds), int.MaxValue));
            }

            return NtStatus.Success;
        }
    }

    /// <summary>Whether a wait would be satisfied now: <c>KeReadState…</c>.</summary>
    private protected abstract bool IsSignalled { get; }

    /// <summary>Satisfies one wait if the object is signalled. Called with the dispatcher lock held.</summary>
    private protected abstract bool TryConsumeLocked();

    /// <summary>Lets waiters look again. Called with the dispatcher lock held.</summary>
    private protected void PulseLocked() => Monitor.PulseAll(Machine.DispatcherLock);
}
