namespace KernelSim.Nt;

/// <summary>The options that a machine is booted with.</summary>
public sealed record MachineOptions
{
    /// <summary>The largest number of processors that a machine can have.</summary>
    public const int MaxProcessors = 1024;

    /// <summary>Possible (and active) processors, 1 to 1024.</summary>
    public int Processors { get; init; } = 4;

    /// <summary>Seed of all random numbers.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Maximum number of bytes of pool in use at once; an allocation beyond it fails. Default 4 GiB.</summary>
    public long PoolLimit { get; init; } = 4L << 30;

    /// <summary>
    /// The first request id is this plus 1. Machines that are traced together in one host process use different bases, so that
    /// their events can be told apart.
    /// </summary>
    public ulong RequestIdBase { get; init; }

    internal void Validate()
    {
        if (Processors is < 1 or > MaxProcessors)
        {
            throw new ArgumentOutOfRangeException(
                nameof(Processors), Processors, $"{Processors} processors were given; a machine has 1 to {MaxProcessors}.");
        }

        if (PoolLimit < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(PoolLimit), PoolLimit, $"A pool limit of {PoolLimit} bytes was given; it must not be negative.");
        }
    }
}
