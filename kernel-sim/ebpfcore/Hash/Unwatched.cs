namespace KernelSim.EbpfCore.Hash;

/// <summary>A table without a <see cref="HashWatcher"/>.</summary>
internal readonly struct Unwatched : IWatch
{
    public static bool IsWatched => false;
}
