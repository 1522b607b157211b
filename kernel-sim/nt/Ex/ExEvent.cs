using KernelSim.Nt.Ke;
using KernelSim.Nt.Ob;

namespace KernelSim.Nt.Ex;

/// <summary>An event that processes have handles to: the object around a <see cref="KEvent"/>.</summary>
public sealed class ExEvent : ObObject
{
    /// <summary>Creates an event object with one reference.</summary>
    public ExEvent(Machine machine, bool manualReset, bool initialState)
        : base(machine, "Event")
    {
        Event = new KEvent(machine, manualReset, initialState);
    }

    /// <summary>The dispatcher object, which waits and signals use.</summary>
    public KEvent Event { get; }

    /// <inheritdoc/>
    protected override void Destroy()
    {
        // The garbage collector frees it.
    }
}
