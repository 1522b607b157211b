namespace KernelSim.Nt.Ke;

/// <summary>
/// Numbers for the host threads of a machine, for counters that each thread writes in a place of its own without interlocked instructions. The
/// number of a thread that has ended goes to another. Threads that find none free share the last, and have to interlock.
/// </summary>
internal sealed class ThreadSlots
{
    /// <summary>Number of slots.</summary>
    public const int Count = 64;

    /// <summary>The slot that threads share.</summary>
    public const int Shared = Count - 1;

    private readonly Thread?[] _owners = new Thread?[Shared];
    private int _used;

    /// <summary>Slots above this have never been used.</summary>
    public int Used => Volatile.Read(ref _used);

    /// <summary>Takes a slot for the calling host thread.</summary>
    public int Take()
    {
        lock (_owners)
        {
            int slot = 0;
            while (slot < Shared && _owners[slot] is { IsAlive: true })
            {
                slot++;
            }

            if (slot < Shared)
            {
                _owners[slot] = Thread.CurrentThread;
            }

            Volatile.Write(ref _used, Math.Max(_used, slot + 1));
            return slot;
        }
    }
}
