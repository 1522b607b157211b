namespace KernelSim.Nt.Ke;

/// <summary>
/// The host threads that have a context in a machine, for debuggers: a plain array. A thread is added when it first enters; the entry of one that has
/// ended goes to another.
/// </summary>
internal sealed class ThreadTable
{
    private readonly Lock _lock = new();
    private Entry[] _entries = new Entry[8];

    /// <summary>Adds the calling host thread.</summary>
    /// <param name="context">Its context.</param>
    public void Add(KeThread context)
    {
        lock (_lock)
        {
            int free = Array.FindIndex(_entries, static e => e.Host is not { IsAlive: true });
            if (free < 0)
            {
                free = _entries.Length;
                Array.Resize(ref _entries, free * 2);
            }

            _entries[free] = new Entry { Context = context, Host = Thread.CurrentThread, HostId = Environment.CurrentManagedThreadId };
        }
    }

    private struct Entry
    {
        public KeThread? Context;
        public Thread? Host;
        public int HostId;
    }
}
