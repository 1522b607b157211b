using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Stores;

/// <summary>The unread records of a map's rings, as elements without keys.</summary>
/// <param name="memory">The kernel's memory.</param>
/// <param name="map">The map.</param>
internal sealed class RingStore(KernelMemory memory, MapView map) : IMapStore
{
    /// <inheritdoc/>
    public long Count(Damage damage) => Elements(damage).LongCount();

    /// <inheritdoc/>
    public IEnumerable<MapElement> Elements(Damage damage) => RingView.Of(map)
        .SelectMany(ring => new RingReader(memory, ring).Records(damage))
        .Where(record => record.State == RingReader.Ready)
        .Select(record => new MapElement(null, record.Data));
}
