namespace KernelSim.EbpfCore.Hash;

/// <summary>
/// Whether a table has a <see cref="HashWatcher"/>. A table is compiled for each answer, so that one without pays nothing for the question.
/// </summary>
internal interface IWatch
{
    /// <summary>True when there is one.</summary>
    static abstract bool IsWatched { get; }
}
