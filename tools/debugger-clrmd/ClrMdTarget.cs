using KernelSim.Debugger.Targets;
using Microsoft.Diagnostics.Runtime;

namespace KernelSim.Debugger.ClrMd;

/// <summary>A .NET process or a dump of one, read with ClrMD.</summary>
internal sealed class ClrMdTarget : IDebugTarget, IStackSource, IHeapSource
{
    private readonly DataTarget _data;
    private readonly ClrRuntime _runtime;
    private readonly IDisposable? _hold;
    private readonly int? _pid;

    /// <summary>Takes over what was opened.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="data">The process or dump.</param>
    /// <param name="runtime">Its runtime.</param>
    /// <param name="hold">What keeps the process stopped; null for a dump.</param>
    /// <param name="notes">What makes the answers less certain.</param>
    /// <param name="pid">The process; null for a dump.</param>
    public ClrMdTarget(string name, DataTarget data, ClrRuntime runtime, IDisposable? hold, IReadOnlyList<string> notes, int? pid = null)
    {
        (Name, Notes, _pid) = (name, notes, pid);
        (_data, _runtime, _hold) = (data, runtime, hold);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes { get; }

    /// <inheritdoc/>
    public string? WhyGone => _pid is { } pid && ProcessRefusal.HasEnded(pid) ? ProcessRefusal.OfEnded(pid) : null;

    internal ClrHeap Heap => _runtime.Heap;

    /// <inheritdoc/>
    public bool IsLoaded(string assembly) => ClrMdReading.Try(() => Find(assembly).Any());

    /// <inheritdoc/>
    public IReadOnlyList<ITargetObject> FindStatics(string assembly, string type) => ClrMdReading.Try(() =>
    {
        List<ITargetObject> found = [];
        foreach (ClrModule module in Find(assembly))
        {
            ClrAppDomain? domain = module.AppDomain ?? _runtime.AppDomains.FirstOrDefault();
            if (domain is not null && module.GetTypeByName(type) is { } known && known.StaticFields.Any(f => f.IsInitialized(domain)))
            {
                found.Add(new ClrMdStatics(this, known, domain));
            }
        }

        return found;
    });

    /// <inheritdoc/>
    public ITargetObject? FromHandle(ulong handle) => handle == 0 ? null : Wrap(ReadPointer(handle));

    /// <inheritdoc/>
    public ITargetObject? ObjectAt(ulong address) => ClrMdReading.Try(() =>
        address != 0 && address % 8 == 0 && Heap.GetSegmentByAddress(address) is not null && Heap.GetObjectType(address) is { } type
            ? new ClrMdObject(this, address, type, isStruct: false)
            : null);

    /// <inheritdoc/>
    public bool TryRead(ulong address, Span<byte> bytes)
    {
        try
        {
            for (int read = 0; read < bytes.Length;)
            {
                int more = _data.DataReader.Read(address + (ulong)read, bytes[read..]);
                if (more <= 0)
                {
                    return false;
                }

                read += more;
            }

            return true;
        }
        catch (Exception refused) when (ClrMdReading.IsRefusal(refused))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<TargetThread> ReadThreads(int mostFrames) => ClrMdReading.Try<IReadOnlyList<TargetThread>>(() =>
    [
        .. _runtime.Threads.Where(t => t.IsAlive).Select(t =>
            new TargetThread(t.ManagedThreadId, t.OSThreadId, [.. ClrMdReading.While(t.EnumerateStackTrace(false, mostFrames)).Select(FrameOf)])),
    ]);

    /// <inheritdoc/>
    public IReadOnlyList<HeapUsage> ReadUsage() => ClrMdReading.Try<IReadOnlyList<HeapUsage>>(() =>
    [
        .. ClrMdReading.While(Heap.EnumerateObjects(carefully: true))
            .Where(o => o.IsValid)
            .GroupBy(o => o.Type!.Name ?? "?", o => (long)o.Size)
            .Select(g => new HeapUsage(g.Key, g.LongCount(), g.Sum()))
            .OrderBy(u => u.Bytes),
    ]);

    /// <inheritdoc/>
    public IReadOnlyList<HeapLink> FindRoot(ulong address) => ClrMdReading.Try<IReadOnlyList<HeapLink>>(() =>
    {
        foreach ((ClrRoot root, GCRoot.ChainLink first) in new GCRoot(Heap, [address]).EnumerateRootPaths())
        {
            List<HeapLink> links = [new HeapLink(root.Address, root.RootKind.ToString())];
            for (GCRoot.ChainLink? link = first; link is not null && links.Count < TargetReading.MostElements; link = link.Next)
            {
                links.Add(new HeapLink(link.Object, Heap.GetObjectType(link.Object)?.Name ?? "?"));
            }

            return links;
        }

        return [];
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _runtime.Dispose();
        _data.Dispose();
        _hold?.Dispose();
    }

    /// <summary>The object at an address that the target itself refers to; null for 0.</summary>
    /// <exception cref="TargetReadException">There is no object.</exception>
    internal ITargetObject? Wrap(ulong address) => address == 0 ? null : new ClrMdObject(this, address, TypeOf(address), isStruct: false);

    /// <summary>The type of an object that the target itself refers to.</summary>
    internal ClrType TypeOf(ulong address) => ClrMdReading.Try(() => Heap.GetObjectType(address))
        ?? throw new TargetReadException($"no object at 0x{address:x}, where {Name} refers to one");

    /// <summary>Reads native memory that must be there.</summary>
    internal void Read(ulong address, Span<byte> bytes)
    {
        if (!TryRead(address, bytes))
        {
            throw new TargetReadException($"{bytes.Length} bytes at 0x{address:x} cannot be read in {Name}");
        }
    }

    internal ulong ReadPointer(ulong address)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        Read(address, bytes);
        return BitConverter.ToUInt64(bytes);
    }

    private static TargetFrame FrameOf(ClrStackFrame frame) => new(
        frame.StackPointer,
        frame.InstructionPointer,
        frame.Method?.Type.Name ?? "",
        frame.Method?.Name ?? frame.FrameName ?? frame.Kind.ToString());

    private IEnumerable<ClrModule> Find(string assembly) =>
        _runtime.EnumerateModules().Where(m => Path.GetFileNameWithoutExtension(m.Name ?? m.AssemblyName ?? "") == assembly);
}
