using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore;

/// <summary>
/// The driver's locks, outermost first: all are spin locks at DISPATCH_LEVEL. Ranks below 10 are left to locks that are held while this
/// driver is called; locks that callbacks of extensions acquire rank after <see cref="EpochWork"/>.
/// </summary>
internal static class CoreLockRanks
{
    /// <summary><see cref="Objects.PinningTable"/>: its entries. It calls nothing but reference counts.</summary>
    public static LockRank PinningTable { get; } = LockRank.ForDriver(10, "pinning table");

    /// <summary><see cref="Links.EbpfLink"/>: its state. Not held while the hook's provider is called.</summary>
    public static LockRank Link { get; } = LockRank.ForDriver(11, "link");

    /// <summary><see cref="Programs.EbpfProgram"/>: its code and maps.</summary>
    public static LockRank Program { get; } = LockRank.ForDriver(12, "program");

    /// <summary><see cref="Programs.ProgramProviders"/>: the providers that a program is attached to, and its helpers.</summary>
    public static LockRank ProgramProviders { get; } = LockRank.ForDriver(13, "providers of a program");

    /// <summary>
    /// <see cref="Maps.CustomMap"/>: changing its elements. A provider's old callback, the one before a deletion, runs under it; its other
    /// callbacks run under no lock.
    /// </summary>
    public static LockRank CustomMap { get; } = LockRank.ForDriver(14, "custom map");

    /// <summary>
    /// <see cref="Maps.ObjectMap"/>: changing its slots. Replaced objects are released under it: the last reference ends the object.
    /// </summary>
    public static LockRank ObjectMap { get; } = LockRank.ForDriver(15, "object map");

    /// <summary><see cref="Objects.ObjectTable"/>: its entries. It calls nothing but reference counts.</summary>
    public static LockRank ObjectTable { get; } = LockRank.ForDriver(16, "object table");

    /// <summary><see cref="Native.NativeModuleRegistry"/>: the table of modules and all their states.</summary>
    public static LockRank NativeModules { get; } = LockRank.ForDriver(17, "native modules");

    /// <summary><see cref="Native.NativeAuthorizations"/>: which modules may attach.</summary>
    public static LockRank NativeAuthorizations { get; } = LockRank.ForDriver(18, "native authorizations");

    /// <summary>
    /// A bucket of a <see cref="Hash.HashTable"/>: one lock in each head, for writers; readers take none. Batch loops hold one bucket at a time
    /// and release their processor every 256 elements.
    /// </summary>
    public static LockRank HashBucket { get; } = LockRank.ForDriver(19, "hash bucket");

    /// <summary>A partition of an <see cref="Maps.LruHistory"/>, one at a time.</summary>
    public static LockRank LruPartition { get; } = LockRank.ForDriver(20, "LRU partition");

    /// <summary><see cref="Maps.CircularMap"/>: its values and places.</summary>
    public static LockRank CircularMap { get; } = LockRank.ForDriver(21, "queue or stack");

    /// <summary><see cref="Hash.BucketSources"/>: creating a list for a new size of bucket.</summary>
    public static LockRank BucketSources { get; } = LockRank.ForDriver(22, "bucket sources");

    /// <summary><see cref="Rings.Ring"/>: reserving a record (not where one processor writes). Not held while a request completes.</summary>
    public static LockRank Ring { get; } = LockRank.ForDriver(23, "ring");

    /// <summary><see cref="Rings.RingQuery"/>: the place of the query. Not held while a request completes.</summary>
    public static LockRank RingQuery { get; } = LockRank.ForDriver(24, "ring query");

    /// <summary><see cref="Epochs.EpochManager"/>: registering reclaimers.</summary>
    public static LockRank EpochReclaimers { get; } = LockRank.ForDriver(25, "epoch reclaimers");

    /// <summary><see cref="Epochs.EpochWorkReclaimer"/>: deferred work.</summary>
    public static LockRank EpochWork { get; } = LockRank.ForDriver(26, "epoch work");

    /// <summary>All of them, outermost first.</summary>
    public static IReadOnlyList<LockRank> All { get; } =
    [
        PinningTable, Link, Program, ProgramProviders, CustomMap, ObjectMap, ObjectTable, NativeModules, NativeAuthorizations,
        HashBucket, LruPartition, CircularMap, BucketSources, Ring, RingQuery, EpochReclaimers, EpochWork,
    ];
}
