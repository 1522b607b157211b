using KernelSim.Nt;
using KernelSim.Nt.Ex;

namespace KernelSim.NetEbpfExt.Hooks;

/// <summary>
/// The programs attached to a hook at one time. Immutable: an attachment or a detachment publishes a new one, and then waits
/// until the old one is no longer in use. So events need no lock, and a link that has detached is not invoked any more.
/// </summary>
internal sealed class HookAttachments(Machine machine, params HookFilter[] filters)
{
    /// <summary>
    /// The filters in the order in which they see an event: those with a parameter first, newest first; then wildcards,
    /// oldest first.
    /// </summary>
    public HookFilter[] Filters { get; } = filters;

    /// <summary>Held by threads that deliver events with this list.</summary>
    public ExRundown Rundown { get; } = new(machine);
}
