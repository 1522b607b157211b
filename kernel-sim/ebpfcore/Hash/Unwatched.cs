namespace KernelSim.EbpfCore.Hash;

/// <summary>A table that keeps what happens in it to itself.</summary>
internal readonly struct Unwatched : IWatch
{
    public static bool IsWatched => false;
}
