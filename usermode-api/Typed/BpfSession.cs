using System.Runtime.CompilerServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

/// <summary>
/// A .NET program's access to the maps of its machine: creates and opens typed maps. It loads the checked library into the process; maps
/// and libbpf-shaped calls share that library's descriptors.
/// </summary>
/// <remarks>
/// Failures are exceptions: <see cref="BpfException"/> for what the machine or a check refuses, <see cref="ProcessExitedException"/>
/// once the simulated process has ended.
/// </remarks>
/// <example>
/// <code>
/// using var session = new BpfSession(process.Gate);
/// using PerCpuHashMap&lt;uint, ulong&gt; stats = session.CreatePerCpuHashMap&lt;uint, ulong&gt;("stats", maxEntries: 1024);
/// foreach (PerCpuEntry&lt;uint, ulong&gt; entry in stats)
/// {
///     Console.WriteLine($"{entry.Key}: {entry.Sum()}");
/// }
/// </code>
/// </example>
public sealed partial class BpfSession : IDisposable
{
    /// <summary>Opens a session in a process.</summary>
    /// <param name="gate">The process's way to its machine.</param>
    public BpfSession(ISystemGate gate)
    {
        ArgumentNullException.ThrowIfNull(gate);
        Library = new Libbpf(gate, LibraryVersion.Checked);
    }

    /// <summary>The library that the session uses.</summary>
    public Libbpf Library { get; }

    /// <summary>Possible processors of the machine: the number of slots of each per-CPU value.</summary>
    public int CpuCount => Library.libbpf_num_possible_cpus();

    /// <summary>Creates a hash map.</summary>
    /// <typeparam name="TKey">A key: its bytes, padding included.</typeparam>
    /// <typeparam name="TValue">A value, likewise.</typeparam>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="maxEntries">Expected number of entries: a hint.</param>
    public HashMap<TKey, TValue> CreateHashMap<TKey, TValue>(string name, uint maxEntries)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Create<TKey, TValue>(BpfMapType.Hash, name, maxEntries));

    /// <summary>Creates an array of values, all zero.</summary>
    /// <typeparam name="TValue">A value: its bytes, padding included.</typeparam>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="length">Number of values.</param>
    public ArrayMap<TValue> CreateArrayMap<TValue>(string name, uint length)
        where TValue : unmanaged => new(this, Create<uint, TValue>(BpfMapType.Array, name, length));

    /// <summary>Creates a hash map with a value for each CPU.</summary>
    /// <typeparam name="TKey">A key: its bytes, padding included.</typeparam>
    /// <typeparam name="TValue">One CPU's value. It may have any size; the map pads it to a multiple of 8.</typeparam>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="maxEntries">Expected number of entries: a hint.</param>
    public PerCpuHashMap<TKey, TValue> CreatePerCpuHashMap<TKey, TValue>(string name, uint maxEntries)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Create<TKey, TValue>(BpfMapType.PercpuHash, name, maxEntries));

    /// <summary>Creates an array with a value for each index and CPU, all zero.</summary>
    /// <typeparam name="TValue">One CPU's value. It may have any size; the map pads it to a multiple of 8.</typeparam>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="length">Number of indexes.</param>
    public PerCpuArrayMap<TValue> CreatePerCpuArrayMap<TValue>(string name, uint length)
        where TValue : unmanaged => new(this, Create<uint, TValue>(BpfMapType.PercpuArray, name, length));

    /// <summary>Creates a hash map that evicts its least recently used elements.</summary>
    /// <typeparam name="TKey">A key: its bytes, padding included.</typeparam>
    /// <typeparam name="TValue">A value, likewise.</typeparam>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="maxEntries">Maximum number of entries.</param>
    public LruHashMap<TKey, TValue> CreateLruHashMap<TKey, TValue>(string name, uint maxEntries)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Create<TKey, TValue>(BpfMapType.LruHash, name, maxEntries));

    /// <summary>Creates a hash map with a value for each CPU that evicts its least recently used elements.</summary>
    /// <typeparam name="TKey">A key: its bytes, padding included.</typeparam>
    /// <typeparam name="TValue">One CPU's value. It may have any size; the map pads it to a multiple of 8.</typeparam>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="maxEntries">How many entries it holds at most.</param>
    public LruPerCpuHashMap<TKey, TValue> CreateLruPerCpuHashMap<TKey, TValue>(string name, uint maxEntries)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Create<TKey, TValue>(BpfMapType.LruPercpuHash, name, maxEntries));

    /// <summary>Creates a map of prefixes.</summary>
    /// <typeparam name="TKey">The data of a key, after its prefix length: 4 bytes for IPv4 addresses.</typeparam>
    /// <typeparam name="TValue">A value: its bytes, padding included.</typeparam>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="maxEntries">Expected number of prefixes: a hint.</param>
    public LpmTrieMap<TKey, TValue> CreateLpmTrieMap<TKey, TValue>(string name, uint maxEntries)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Create<LpmKey<TKey>, TValue>(BpfMapType.LpmTrie, name, maxEntries));

    /// <summary>Creates a queue.</summary>
    /// <typeparam name="T">A value: its bytes, padding included.</typeparam>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="maxEntries">Maximum number of values.</param>
    public QueueMap<T> CreateQueueMap<T>(string name, uint maxEntries)
        where T : unmanaged => new(this, Create(BpfMapType.Queue, name, keySize: 0, Unsafe.SizeOf<T>(), maxEntries));

    /// <summary>Creates a stack.</summary>
    /// <typeparam name="T">A value: its bytes, padding included.</typeparam>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="maxEntries">How many values it holds at most.</param>
    public StackMap<T> CreateStackMap<T>(string name, uint maxEntries)
        where T : unmanaged => new(this, Create(BpfMapType.Stack, name, keySize: 0, Unsafe.SizeOf<T>(), maxEntries));

    /// <summary>Creates a ring buffer.</summary>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="bytes">Size in bytes for unread records, each with a header of 8 and padded to 8: a power of two, at least 4096.</param>
    public RingBufferMap CreateRingBufferMap(string name, uint bytes) =>
        new(this, Create(BpfMapType.Ringbuf, name, keySize: 0, valueSize: 0, bytes));

    /// <summary>Creates a ring for each possible CPU.</summary>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="bytes">See <see cref="CreateRingBufferMap"/>, for each CPU.</param>
    public PerfEventArrayMap CreatePerfEventArrayMap(string name, uint bytes) =>
        new(this, Create(BpfMapType.PerfEventArray, name, keySize: 0, valueSize: 0, bytes));

    /// <summary>Opens a ring buffer by its id.</summary>
    /// <param name="id">Id of the map.</param>
    public RingBufferMap OpenRingBufferMap(uint id) => new(this, Open(BpfMapType.Ringbuf, id, keySize: -1, valueSize: -1));

    /// <summary>Opens a perf event array by its id.</summary>
    /// <param name="id">Id of the map.</param>
    public PerfEventArrayMap OpenPerfEventArrayMap(uint id) => new(this, Open(BpfMapType.PerfEventArray, id, keySize: -1, valueSize: -1));

    /// <summary>Opens a hash map by its id. Type, key size and value size must be the map's own.</summary>
    /// <typeparam name="TKey">A key.</typeparam>
    /// <typeparam name="TValue">A value.</typeparam>
    /// <param name="id">Id of the map.</param>
    public HashMap<TKey, TValue> OpenHashMap<TKey, TValue>(uint id)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Open<TKey, TValue>(BpfMapType.Hash, id));

    /// <summary>Opens an array by its id. Type and value size must be the map's own.</summary>
    /// <typeparam name="TValue">A value.</typeparam>
    /// <param name="id">Id of the map.</param>
    public ArrayMap<TValue> OpenArrayMap<TValue>(uint id)
        where TValue : unmanaged => new(this, Open<uint, TValue>(BpfMapType.Array, id));

    /// <summary>Opens a per-CPU hash map by its id. Type, key size and value size must be the map's own.</summary>
    /// <typeparam name="TKey">A key.</typeparam>
    /// <typeparam name="TValue">One CPU's value.</typeparam>
    /// <param name="id">Id of the map.</param>
    public PerCpuHashMap<TKey, TValue> OpenPerCpuHashMap<TKey, TValue>(uint id)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Open<TKey, TValue>(BpfMapType.PercpuHash, id));

    /// <summary>Opens a per-CPU array by its id. Type and value size must be the map's own.</summary>
    /// <typeparam name="TValue">One CPU's value.</typeparam>
    /// <param name="id">Id of the map.</param>
    public PerCpuArrayMap<TValue> OpenPerCpuArrayMap<TValue>(uint id)
        where TValue : unmanaged => new(this, Open<uint, TValue>(BpfMapType.PercpuArray, id));

    /// <summary>Opens an LRU hash map by its id. Type, key size and value size must be the map's own.</summary>
    /// <typeparam name="TKey">A key.</typeparam>
    /// <typeparam name="TValue">A value.</typeparam>
    /// <param name="id">Id of the map.</param>
    public LruHashMap<TKey, TValue> OpenLruHashMap<TKey, TValue>(uint id)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Open<TKey, TValue>(BpfMapType.LruHash, id));

    /// <summary>Opens a per-CPU LRU hash map by its id. Type, key size and value size must be the map's own.</summary>
    /// <typeparam name="TKey">A key.</typeparam>
    /// <typeparam name="TValue">One CPU's value.</typeparam>
    /// <param name="id">Id of the map.</param>
    public LruPerCpuHashMap<TKey, TValue> OpenLruPerCpuHashMap<TKey, TValue>(uint id)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Open<TKey, TValue>(BpfMapType.LruPercpuHash, id));

    /// <summary>Opens a map of prefixes by its id. Type, key size (4 + sizeof(TKey)) and value size must be the map's own.</summary>
    /// <typeparam name="TKey">The data of a key.</typeparam>
    /// <typeparam name="TValue">A value.</typeparam>
    /// <param name="id">Id of the map.</param>
    public LpmTrieMap<TKey, TValue> OpenLpmTrieMap<TKey, TValue>(uint id)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Open<LpmKey<TKey>, TValue>(BpfMapType.LpmTrie, id));

    /// <summary>Opens a queue by its id. Type and value size must be the map's own.</summary>
    /// <typeparam name="T">A value.</typeparam>
    /// <param name="id">Id of the map.</param>
    public QueueMap<T> OpenQueueMap<T>(uint id)
        where T : unmanaged => new(this, Open(BpfMapType.Queue, id, keySize: 0, Unsafe.SizeOf<T>()));

    /// <summary>Opens a stack by its id. Type and value size must be the map's own.</summary>
    /// <typeparam name="T">A value.</typeparam>
    /// <param name="id">Id of the map.</param>
    public StackMap<T> OpenStackMap<T>(uint id)
        where T : unmanaged => new(this, Open(BpfMapType.Stack, id, keySize: 0, Unsafe.SizeOf<T>()));

    /// <summary>Closes all maps, programs and links of this session, and unloads the library.</summary>
    public void Dispose() => Library.Dispose();

    /// <summary>Closes a descriptor. The session, and with it the descriptor, may already be closed.</summary>
    internal void CloseDescriptor(int descriptor)
    {
        if (!Library.IsDisposed)
        {
            Library.close(descriptor);
        }
    }

    /// <summary>Runs a call and throws for every failure except a missing or an existing key.</summary>
    internal CallOutcome Execute<TCall>(string function, MapShape? map, ref TCall call)
        where TCall : ILibraryCall, allows ref struct
    {
        CallOutcome outcome = Library.Execute(function, ref call);
        bool isAnswer = !outcome.Ended && outcome.Result is (EbpfResult.Success
            or EbpfResult.KeyNotFound
            or EbpfResult.ObjectNotFound
            or EbpfResult.NoMoreKeys
            or EbpfResult.ObjectAlreadyExists);
        return isAnswer ? outcome : throw Failure(function, map, outcome);
    }

    /// <summary>The exception for a call that failed.</summary>
    internal Exception Failure(string function, MapShape? map, in CallOutcome outcome) =>
        outcome.Ended ? new ProcessExitedException(Library.Gate.ProcessId, outcome.Fault)
        : outcome.Refusal is { } refusal ? new BpfException(refusal) { Processed = outcome.Done }
        : new BpfException($"{map?.Subject ?? "session"}: {function} -> {ResultConversions.NameOf(outcome.Errno)}", outcome.Errno)
        {
            Processed = outcome.Done,
        };

    private OpenedMap Create<TKey, TValue>(BpfMapType type, string name, uint maxEntries)
        where TKey : unmanaged
        where TValue : unmanaged => Create(type, name, Unsafe.SizeOf<TKey>(), Unsafe.SizeOf<TValue>(), maxEntries);

    private OpenedMap Create(BpfMapType type, string name, int keySize, int valueSize, uint maxEntries)
    {
        ArgumentNullException.ThrowIfNull(name);
        int fd = Library.bpf_map_create(type, name, (uint)keySize, (uint)valueSize, maxEntries);
        return Opened(type, fd, keySize, valueSize, $"map '{name}': bpf_map_create");
    }

    private OpenedMap Open<TKey, TValue>(BpfMapType type, uint id)
        where TKey : unmanaged
        where TValue : unmanaged => Open(type, id, Unsafe.SizeOf<TKey>(), Unsafe.SizeOf<TValue>());

    private OpenedMap Open(BpfMapType type, uint id, int keySize, int valueSize) =>
        Opened(type, Library.bpf_map_get_fd_by_id(id), keySize, valueSize, $"map of id {id}: bpf_map_get_fd_by_id");

    private OpenedMap Opened(BpfMapType type, int fd, int keySize, int valueSize, string what)
    {
        if (fd < 0)
        {
            throw Library.LastRefusal is { } refusal ? new BpfException(refusal)
                : fd == -(int)Errno.ESRCH ? new ProcessExitedException(Library.Gate.ProcessId, violation: null)
                : new BpfException($"{what} -> {ResultConversions.NameOf((Errno)(-fd))}", (Errno)(-fd));
        }

        var describe = new DescribeMapCall(fd, type, keySize, valueSize);
        try
        {
            Execute("BpfSession.Open", map: null, ref describe);
        }
        catch (BpfException)
        {
            Library.close(fd);
            throw;
        }

        return new OpenedMap(fd, describe.Shape!);
    }
}
