namespace KernelSim.Testing;

/// <summary>The last so many events, and those of the earlier ones that explain later ones: boot, processes, libraries, maps.</summary>
/// <param name="capacity">How many events are kept.</param>
internal sealed class TraceRing(int capacity)
{
    private const int FirstLength = 64;

    /// <summary>Of the events that explain others, as many are kept beyond the capacity.</summary>
    private const int MostKept = 1024;

    private readonly Lock _lock = new();
    private readonly List<TraceEntry> _kept = [];
    private TraceEntry[] _entries = new TraceEntry[Math.Min(FirstLength, capacity)];
    private long _added;

    /// <summary>Number of events that were added.</summary>
    public long Added
    {
        get
        {
            lock (_lock)
            {
                return _added;
            }
        }
    }

    /// <summary>Adds an event; the oldest goes if there is no room.</summary>
    public void Add(TraceEntry entry)
    {
        lock (_lock)
        {
            if (_added == _entries.Length && _entries.Length < capacity)
            {
                Array.Resize(ref _entries, (int)Math.Min(2L * _entries.Length, capacity));
            }

            ref TraceEntry place = ref _entries[_added % _entries.Length];
            if (_added >= _entries.Length && _kept.Count < MostKept && Explains(place))
            {
                _kept.Add(place);
            }

            place = entry;
            _added++;
        }
    }

    /// <summary>The events that are left, oldest first, and how many have gone.</summary>
    public (TraceEntry[] Entries, long Dropped) Read()
    {
        lock (_lock)
        {
            int count = (int)Math.Min(_added, _entries.Length);
            IEnumerable<TraceEntry> last = Enumerable.Range(0, count).Select(i => _entries[(_added - count + i) % _entries.Length]);
            return ([.. _kept, .. last], _added - count - _kept.Count);
        }
    }

    /// <summary>Forgets all events.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            Array.Clear(_entries);
            _kept.Clear();
            _added = 0;
        }
    }

    private static bool Explains(TraceEntry entry) => entry.Written.EventName is "MachineStart" or "ProcessStart" or "LibraryOpen" or "MapCreate";
}
