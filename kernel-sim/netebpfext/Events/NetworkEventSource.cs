using System.Buffers;
using KernelSim.NetEbpfExt.Hooks;
using KernelSim.Nt.Ke;

namespace KernelSim.NetEbpfExt.Events;

/// <summary>
/// The simulated network: whatever happens in it is delivered through here. An event happens on a processor, and the programs that it
/// concerns run there, on the calling host thread, at their hook's level, before the call returns.
/// </summary>
/// <remarks>
/// Any number of host threads may deliver at once, one for each processor being what makes them run side by side. Nothing is allocated for
/// an event. A call that finds the driver unloaded throws; one that is inside keeps it loaded.
/// </remarks>
public sealed class NetworkEventSource
{
    /// <summary>Events that are delivered in one stay on a processor: links that attach or detach meanwhile wait for its end.</summary>
    public const int SectionEvents = 64;

    private readonly NetEbpfExtDriver _driver;

    /// <summary>Makes the network of a loaded driver.</summary>
    public NetworkEventSource(NetEbpfExtDriver driver)
    {
        ArgumentNullException.ThrowIfNull(driver);
        _driver = driver;
        Machine = driver.Extension.Machine;
    }

    /// <summary>The machine that it happens on.</summary>
    public Nt.Machine Machine { get; }

    /// <summary>Delivers one event.</summary>
    /// <param name="processor">The processor on which it happens.</param>
    /// <param name="event">What happens.</param>
    /// <returns>What the attached programs made of it.</returns>
    public NetworkVerdict Deliver(int processor, in NetworkEvent @event)
    {
        NetEbpfExt extension = Enter();
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

    /// <summary>Delivers events one after the other, as <see cref="SectionEvents"/> in a stay as their levels allow.</summary>
    /// <param name="processor">The processor on which they happen.</param>
    /// <param name="events">What happens.</param>
    /// <param name="totals">Where it is counted how they end.</param>
    public void Deliver(int processor, ReadOnlySpan<NetworkEvent> events, NetworkEventTotals totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        NetEbpfExt extension = Enter();
        try
        {
            using KernelScope kernel = EnterKernel(processor);
            while (!events.IsEmpty)
            {
                int done = NetEbpfExt.IsPassive(events[0].Kind)
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

    /// <summary>Delivers a packet as it is, header and all.</summary>
    /// <param name="processor">The processor on which it comes in.</param>
    /// <param name="interfaceIndex">The interface on which it comes in.</param>
    /// <param name="packet">Its bytes; what is longer than 9,216 is cut.</param>
    /// <param name="left">Gets the packet as its program left it; null when nobody wants to know.</param>
    public NetworkVerdict DeliverPacket(int processor, uint interfaceIndex, ReadOnlySpan<byte> packet, IBufferWriter<byte>? left = null)
    {
        NetEbpfExt extension = Enter();
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

    private static NetworkVerdict DeliverHere(NetEbpfExt extension, KeThread current, in NetworkEvent @event)
    {
        if (NetEbpfExt.IsPassive(@event.Kind))
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
        NetEbpfExt extension, KeThread current, ReadOnlySpan<NetworkEvent> events, NetworkEventTotals totals)
    {
        totals.Count(events[0].Kind, extension.ClassifyPassive(current, events[0]));
        return 1;
    }

    private static int DeliverSection(
        NetEbpfExt extension, KeThread current, ReadOnlySpan<NetworkEvent> events, NetworkEventTotals totals)
    {
        int most = Math.Min(events.Length, SectionEvents);
        int done = 0;
        using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
        HookSection section = new(current);
        try
        {
            for (; done < most && !NetEbpfExt.IsPassive(events[done].Kind); done++)
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

    /// <summary>The loaded driver, held.</summary>
    private NetEbpfExt Enter()
    {
        NetEbpfExt extension = _driver.Extension;
        return extension.Events.TryAcquire()
            ? extension
            : throw new InvalidOperationException("The driver is being unloaded; nothing more is delivered.");
    }
}
