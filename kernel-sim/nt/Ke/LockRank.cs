namespace KernelSim.Nt.Ke;

/// <summary>
/// The place of a spin lock or push lock in the lock order. A thread acquires locks in ascending order of their ranks, and never two of one
/// rank. Checked builds bugcheck otherwise (<see cref="LockOrder"/>).
/// </summary>
/// <remarks>
/// This is the table of the system's ranks, outermost first. A driver with several locks has a table of its own, of ranks from 1 to
/// <see cref="LastOfDrivers"/>, and gives it to its <c>DriverObject.LockRanks</c>; one with a single lock uses <see cref="DriverLeaf"/>.
/// The default, <see cref="None"/>, is not checked.
/// </remarks>
public readonly record struct LockRank
{
    /// <summary>The highest rank that a driver's own table may have. The system's follow.</summary>
    public const int LastOfDrivers = 46;

    private const int FirstOfHost = LastOfDrivers + 2;

    private readonly string? _name;

    private LockRank(int number, string name)
    {
        Number = (byte)number;
        _name = name;
    }

    /// <summary>No rank: the lock may be acquired, and held, in any order.</summary>
    public static LockRank None => default;

    /// <summary>The rank's number; 0 for <see cref="None"/>.</summary>
    public byte Number { get; }

    /// <summary>What the lock guards.</summary>
    public string Name => _name ?? "unranked";

    /// <summary>A driver's spin lock under which no other lock with a rank is acquired.</summary>
    public static LockRank DriverLeaf { get; } = new(LastOfDrivers + 1, "a driver's leaf lock");

    // Host locks: while one is held, nothing traces, bugchecks or runs foreign code.
    internal static LockRank LookasideList { get; } = new(FirstOfHost, "lookaside list");

    internal static LockRank PoolLimit { get; } = new(FirstOfHost + 1, "pool limit");

    internal static LockRank PoolProcessor { get; } = new(FirstOfHost + 2, "pool of a processor");

    internal static LockRank PoolMagazines { get; } = new(FirstOfHost + 3, "pool magazines");

    internal static LockRank PoolChunks { get; } = new(FirstOfHost + 4, "pool chunks");

    internal static LockRank PoolRanges { get; } = new(FirstOfHost + 5, "pool ranges");

    internal static LockRank HandleTable { get; } = new(FirstOfHost + 6, "handle table");

    internal static LockRank BorrowList { get; } = new(FirstOfHost + 7, "borrowed references");

    internal static LockRank CallTable { get; } = new(FirstOfHost + 8, "call table of an address space");

    internal static LockRank IrpList { get; } = new(FirstOfHost + 9, "requests of a process");

    internal static LockRank FreeRequests { get; } = new(FirstOfHost + 10, "free requests");

    internal static LockRank WorkQueue { get; } = new(FirstOfHost + 11, "work queue");

    internal static LockRank DpcQueue { get; } = new(FirstOfHost + 12, "DPC queue");

    internal static LockRank RefusalLog { get; } = new(FirstOfHost + 13, "refusals");

    /// <summary>All ranks of the system, outermost first.</summary>
    internal static IReadOnlyList<LockRank> OfSystem { get; } =
    [
        DriverLeaf, LookasideList, PoolLimit, PoolProcessor, PoolMagazines, PoolChunks, PoolRanges, HandleTable, BorrowList, CallTable, IrpList,
        FreeRequests, WorkQueue, DpcQueue, RefusalLog,
    ];

    /// <summary>A rank of a driver's own.</summary>
    /// <param name="number">From 1, the outermost, to <see cref="LastOfDrivers"/>. Push locks come before spin locks.</param>
    /// <param name="name">What the lock guards, for reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range; the message gives the number and the range.</exception>
    public static LockRank ForDriver(int number, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return number is > 0 and <= LastOfDrivers
            ? new LockRank(number, name)
            : throw new ArgumentOutOfRangeException(
                nameof(number), number, $"Rank {number} was given for '{name}'; a driver's ranks are 1 to {LastOfDrivers}.");
    }

    /// <summary>The name and number, as reports show them.</summary>
    public override string ToString() => $"'{Name}' (rank {Number})";
}
