using KernelSim.Debugger.Structures;
using KernelSim.Debugger.Targets;
using KernelSim.EbpfCore.Maps;

namespace KernelSim.Debugger.Stores;

/// <summary>The store of each class of maps: one row each.</summary>
internal static class MapStores
{
    private static readonly KernelField s_hash = KernelField.Of<HashMap>("_table");
    private static readonly KernelField s_trie = KernelField.Of<LpmTrieMap>("_trie");
    private static readonly KernelField s_trieTable = KernelField.Property<LpmTrie>(nameof(LpmTrie.Table));
    private static readonly KernelField s_data = KernelField.Of<ArrayMap>("_data");
    private static readonly KernelField s_objects = KernelField.Of<HashOfMaps>("_table");
    private static readonly KernelField s_slots = KernelField.Of<ObjectArrayMap>("_slots");
    private static readonly KernelField s_store = KernelField.Of<CustomMap>("_store");
    private static readonly KernelField s_customTable = KernelField.Property<CustomHashStore>("Table");

    private static readonly (Type Class, Func<KernelMemory, MapView, ITargetObject, IMapStore> Make)[] s_rows =
    [
        (typeof(HashMap), (memory, _, target) => new HashStore(memory, target.Required(s_hash))),
        (typeof(LpmTrieMap), (memory, _, target) => new HashStore(memory, target.Struct(s_trie).Required(s_trieTable), areKeysPrefixes: true)),
        (typeof(ArrayMap), (memory, map, target) => new ArrayStore(memory, map, target.Pointer(s_data))),
        (typeof(HashOfMaps), (memory, _, target) => new ObjectHashStore(new HashStore(memory, target.Required(s_objects)))),
        (typeof(ObjectArrayMap), (memory, map, target) => new ObjectArrayStore(memory, map, target.Pointer(s_slots))),
        (typeof(CircularMap), (memory, map, _) => new CircularStore(memory, map)),
        (typeof(RingMap), (memory, map, _) => new RingStore(memory, map)),
        (typeof(CustomMap), (memory, map, target) => OfCustom(memory, map, target.Required(s_store))),
    ];

    /// <summary>What is in a map.</summary>
    /// <exception cref="TargetReadException">It is of a class that this debugger does not know.</exception>
    public static IMapStore Of(KernelMemory memory, MapView map)
    {
        ITargetObject target = map.Object.Object;
        return Array.Find(s_rows, row => target.Is(row.Class.FullName!)).Make?.Invoke(memory, map, target)
            ?? throw new TargetReadException(
                $"map {map.Id} is a {target.TypeName}, expected one of {string.Join(", ", s_rows.Select(r => r.Class.Name))}");
    }

    private static IMapStore OfCustom(KernelMemory memory, MapView map, ITargetObject store) =>
        store.Is(typeof(CustomArrayStore).FullName!)
            ? new CustomArrayStoreView(memory, map, store)
            : new HashStore(memory, store.Required(s_customTable), store.Is(typeof(CustomLpmStore).FullName!));
}
