using System.Collections.Concurrent;

namespace KernelSim.Nt.Ob;

/// <summary>Counts live objects by type, and keeps the namespace: devices and symbolic links by name, case-insensitive.</summary>
public sealed partial class ObjectManager
{
    private readonly ConcurrentDictionary<string, ObjectTypeCount> _counts = new();

    internal ObjectManager()
    {
    }

    /// <summary>Number of live objects by type name, for leak reports and debuggers. Types without live objects are omitted.</summary>
    public IReadOnlyDictionary<string, long> LiveObjects => new SortedDictionary<string, long>(
        _counts.Where(c => c.Value.Value != 0).ToDictionary(c => c.Key, c => c.Value.Value), StringComparer.Ordinal);

    internal ObjectTypeCount CountOf(string typeName) => _counts.GetOrAdd(typeName, static _ => new ObjectTypeCount());

    internal void ReportLeaks(List<string> leaks) => leaks.AddRange(LiveObjects.Select(t => $"object '{t.Key}': {t.Value} live"));
}
