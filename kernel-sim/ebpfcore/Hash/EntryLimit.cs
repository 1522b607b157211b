using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Hash;

/// <summary>Limits a table's entries, and does nothing else. A table without a limit has none, which costs nothing.</summary>
/// <param name="limit">Maximum number of entries, not 0.</param>
internal sealed unsafe class EntryLimit(uint limit) : HashWatcher(limit, supplementalBytes: 0)
{
    /// <summary>The limit of a map's table: its <c>max_entries</c> if the driver enforces it; otherwise null.</summary>
    public static EntryLimit? Of(CoreContext core, uint maxEntries) => core.Options.LinuxMapRules ? new EntryLimit(maxEntries) : null;

    /// <inheritdoc/>
    public override void OnPublishing(KeThread current, byte* key, byte* value)
    {
    }

    /// <inheritdoc/>
    public override void OnRemoved(KeThread current, byte* value)
    {
    }

    /// <inheritdoc/>
    public override void OnRefused(KeThread current)
    {
    }
}
