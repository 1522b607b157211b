using KernelSim.Nt;
using KernelSim.Nt.Ex;

namespace KernelSim.NetEbpfExt.Hooks;

/// <summary>
/// Everything that is attached to a hook at one time. It never changes: an attachment or a detachment publishes another, and then waits
/// until nobody uses this one. So events need no lock, and a link that has detached is not invoked any more.
/// </summary>
internal sealed class HookAttachments(Machine machine, params HookFilter[] filters)
{
    /// <summary>
    /// The filters in the order in which they see an event: those with a parameter first, the newest of them first; then those for
    /// everything, the oldest first.
    /// </summary>
    public HookFilter[] Filters { get; } = filters;

    /// <summary>Held by whoever delivers an event by them.</summary>
    public ExRundown Rundown { get; } = new(machine);
}
