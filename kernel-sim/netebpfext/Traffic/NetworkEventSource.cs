using System.Buffers;
using KernelSim.NetEbpfExt.Hooks;
using KernelSim.Nt.Ke;

namespace KernelSim.NetEbpfExt.Events;

/// <summary>
/// The simulated network: all its events are delivered through here. An event happens on a processor, and the programs attached to its
/// hooks run there, on the calling host thread, at their hook's level, before the call returns.
/// </summary>
/// <remarks>
/// Any number of host threads may deliver at once; with one for each processor they run in parallel. Nothing is allocated for
/// an event. A call after the driver was unloaded throws; one in progress keeps it loaded.
/// </remarks>
public sealed class NetworkEventSource
{
    /// <summary>Events delivered in one section on a processor: links that attach or detach meanwhile wait for its end.</summary>
    public const int SectionEvents = 64;

    private readonly NetEbpfExtDriver _driver;

    /// <summary>Creates the network of a loaded driver.</summary>
    public NetworkEventSource(NetEbpfExtDriver driver)
    {
        ArgumentNullException.ThrowIfNull(driver);
        _driver = driver;
        Machine = driver.Extension.Machine;
    }

    /// <summary>The machine that the events happen on.</summary>
    public Nt.Machine Machine { get; }

    /// <summary>Delivers one event.</summary>
    /// <param name="processor">The processor on which it happens.</param>
    /// <param name="event">The event to deliver.</param>
    /// <returns>The verdict of the attached programs.</returns>
    public NetworkVerdict Deliver(int processor, in NetworkEvent @event)
    {
        NetContext extension = Enter();
        try
        {
            using KernelScope kernel = EnterKernel(processor);
            return DeliverHere(extension, kernel.Thread, @event);
        }
        finally
        {
            extension.Events.Release();
        }
    }

    /// <summary>Delivers events in order, up to <see cref="SectionEvents"/> in a section as far as their IRQLs allow.</summary>
    /// <param name="processor">The processor on which they happen.</param>
    /// <param name="events">The events to deliver.</param>
    /// <param name="totals">Counts their outcomes.</param>
    public void Deliver(int processor, ReadOnlySpan<NetworkEvent> events, NetworkEventTotals totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        NetContext extension = Enter();
        try
        {
            using KernelScope kernel = EnterKernel(processor);
            while (!events.IsEmpty)
            {
                int done = NetContext.IsPassive(events[0].Kind)
                    ? DeliverPassive(extension, kernel.Thread, events, totals)
                    : DeliverSection(extension, kernel.Thread, events, totals);
                events = events[done..];
            }
        }
        finally
        {
            extension.Events.Release();
        }
    }

    /// <summary>Delivers a packet from its bytes, including headers.</summary>
    /// <param name="processor">The processor on which it arrives.</param>
    /// <param name="interfaceIndex">Index of the interface on which it arrives.</param>
    /// <param name="packet">The packet's bytes; truncated after 9,216.</param>
    /// <param name="left">Receives the packet as its program left it; null if it is not wanted.</param>
    public NetworkVerdict DeliverPacket(int processor, uint interfaceIndex, ReadOnlySpan<byte> packet, IBufferWriter<byte>? left = null)
    {
        NetContext extension = Enter();
        try
        {
            using KernelScope kernel = EnterKernel(processor);
            using IrqlScope raised = kernel.Thread.RaiseIrql(Irql.Dispatch);
            HookSection section = new(kernel.Thread);
            try
            {
                NetworkVerdict verdict = extension.ClassifyPacket(ref section, interfaceIndex, packet, out ReadOnlySpan<byte> after);
                left?.Write(after);
                return verdict;
            }
            finally
            {
                section.Dispose();
            }
        }
        finally
        {
            extension.Events.Release();
        }
    }

    private static NetworkVerdict DeliverHere(NetContext extension, KeThread current, in NetworkEvent @event)
    {
        if (NetContext.IsPassive(@event.Kind))
        {
            return extension.ClassifyPassive(current, @event);
        }

        using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
        HookSection section = new(current);
        try
        {
            return extension.Classify(ref section, @event);
        }
        finally
        {
            section.Dispose();
        }
    }

    private static int DeliverPassive(
        NetContext extension, KeThread current, ReadOnlySpan<NetworkEvent> events, NetworkEventTotals totals)
    {
        totals.Count(events[0].Kind, extension.ClassifyPassive(current, events[0]));
        return 1;
    }

    private static int DeliverSection(
        NetContext extension, KeThread current, ReadOnlySpan<NetworkEvent> events, NetworkEventTotals totals)
    {
        int most = Math.Min(events.Length, SectionEvents);
        int done = 0;
        using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
        HookSection section = new(current);
        try
        {
            for (; done < most && !NetContext.IsPassive(events[done].Kind); done++)
            {
                ref readonly NetworkEvent @event = ref events[done];
                totals.Count(@event.Kind, extension.Classify(ref section, @event));
            }
        }
        finally
        {
            section.Dispose();
        }

        return done;
    }

    private KernelScope EnterKernel(int processor)
    {
        KernelScope kernel = Machine.EnterKernel(null, processor);
        if (kernel.Thread.ProcessorNumber == processor)
        {
            return kernel;
        }

        int here = kernel.Thread.ProcessorNumber;
        kernel.Dispose();
        throw new InvalidOperationException(
            $"Processor {processor} was given, but the calling thread is in the kernel on processor {here}; deliver from outside of it.");
    }

    /// <summary>The loaded driver; the caller holds it until it releases the rundown.</summary>
    private NetContext Enter()
    {
        NetContext extension = _driver.Extension;
        return extension.Events.TryAcquire()
            ? extension
            : throw new InvalidOperationException("The driver is being unloaded; no more events are delivered.");
    }
}
