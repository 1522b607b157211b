namespace KernelSim.EbpfCore.Hash;

/// <summary>
/// Whether a table has a <see cref="HashWatcher"/>. A table is compiled for either case, so that one without a watcher does not pay for it.
/// </summary>
internal interface IWatch
{
    /// <summary>True if there is a watcher.</summary>
    static abstract bool IsWatched { get; }
}
