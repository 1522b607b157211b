namespace KernelSim.EbpfCore.Hash;

/// <summary>A table with a <see cref="HashWatcher"/>.</summary>
internal readonly struct Watched : IWatch
{
    public static bool IsWatched => true;
}
