using KernelSim.Nt.Ke;
using KernelSim.Nt.Ob;

namespace KernelSim.Nt.Ex;

/// <summary>An event that processes have handles to: the object around a <see cref="KEvent"/>.</summary>
public sealed class ExEvent : ObObject
{
    /// <summary>Makes an event object with one reference.</summary>
    public ExEvent(Machine machine, bool manualReset, bool initialState)
        : base(machine, "Event")
    {
        Event = new KEvent(machine, manualReset, initialState);
    }

    /// <summary>The event itself.</summary>
    public KEvent Event { get; }

    /// <inheritdoc/>
    protected override void Destroy()
    {
        // Its memory is the host's to collect.
    }
}
