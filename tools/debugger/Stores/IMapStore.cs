namespace KernelSim.Debugger.Stores;

/// <summary>What is in a map. What cannot be read is reported and left out.</summary>
internal interface IMapStore
{
    /// <summary>Number of elements.</summary>
    long Count(Damage damage);

    /// <summary>The elements, in the order in which an iteration of user mode finds them.</summary>
    IEnumerable<MapElement> Elements(Damage damage);
}

/// <summary>An element of a map.</summary>
/// <param name="Key">Its key; null in a map without keys.</param>
/// <param name="Value">Its value with all slots; the id of the object in a map of objects.</param>
internal readonly record struct MapElement(byte[]? Key, byte[] Value);
