using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;
using System.Text;
using KernelSim.EbpfCore.Dispatch;
using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Programs;

/// <summary>A program: <c>ebpf_program_t</c>. It has its type from creation on, and code from loading on.</summary>
/// <remarks>
/// Running it takes no lock: what it reads (its type's provider, its code, its maps) is replaced whole, and whoever takes it away waits
/// for the epoch. The lock is for those who replace.
/// </remarks>
public sealed unsafe class EbpfProgram : EbpfObject
{
    /// <summary>Tail calls that one invocation may take, so that at most one program more runs: <c>MAX_TAIL_CALL_CNT</c>.</summary>
    public const uint MaxTailCalls = 33;

    private readonly ProgramProviders _providers;
    private KSpinLock _lock;
    private ProgramCode? _code;
    private EbpfMap[] _maps = [];
    private EbpfCodeType _codeType;
    private ulong _flags;
    private int _linkCount;

    internal EbpfProgram(EbpfCore core, ProgramParameters parameters)
        : base(core, EbpfObjectType.Program)
    {
        Parameters = parameters;
        Name = Encoding.UTF8.GetString(parameters.Name);
        SectionName = Encoding.UTF8.GetString(parameters.SectionName);
        FileName = Encoding.UTF8.GetString(parameters.FileName);
        _providers = new ProgramProviders(this, core, parameters);
    }

    /// <summary>Its type's GUID.</summary>
    public Guid ProgramType => Parameters.ProgramType;

    /// <summary>Its type's name for the trace; the GUID of one that has none.</summary>
    internal string ProgramTypeName => ProgramTypeTable.Find(ProgramType)?.Name ?? ProgramType.ToString();

    /// <summary>Its type's number, as the type's provider last named it.</summary>
    public BpfProgType BpfProgType => _providers.BpfProgType;

    /// <summary>Its name, maybe empty.</summary>
    public string Name { get; }

    /// <summary>The section of the file that it was compiled from.</summary>
    public string SectionName { get; }

    /// <summary>The file that it was compiled from.</summary>
    public string FileName { get; }

    /// <summary>What kind of code it has. It keeps the kind of code that it was refused for want of an engine, as upstream's does.</summary>
    public EbpfCodeType CodeType => _codeType;

    /// <summary>What hook providers are told when it is attached: <c>prog_attach_flags</c>.</summary>
    public ulong Flags
    {
        get => Volatile.Read(ref _flags);
        internal set => Volatile.Write(ref _flags, value);
    }

    /// <summary>Links that attach it.</summary>
    public int LinkCount => Volatile.Read(ref _linkCount);

    /// <inheritdoc/>
    internal override Guid? BoundProgramType => ProgramType;

    /// <summary>The maps that it uses, in the order in which they were associated; it holds a reference to each.</summary>
    public IReadOnlyList<EbpfMap> Maps => Volatile.Read(ref _maps);

    internal ProgramParameters Parameters { get; }

    /// <summary>What its type's provider has given; null while that is detached. In an epoch it stays valid once read.</summary>
    internal ProgramData? TypeData => _providers.TypeData;

    /// <summary>Its providers.</summary>
    internal ProgramProviders Providers => _providers;

    /// <summary>Which bodies its helpers have.</summary>
    internal HelperBindings Bindings => _providers.Bindings;

    /// <summary>Counts links more or less.</summary>
    internal void AddLinks(int change) => Interlocked.Add(ref _linkCount, change);

    /// <summary>Runs it: <c>ebpf_program_invoke</c>. In an epoch, at its type's required level.</summary>
    /// <param name="current">The thread.</param>
    /// <param name="execution">The invocation's state; a batch uses one for all.</param>
    /// <param name="context">The context, in kernel memory.</param>
    /// <param name="result">What the program that returned last returned.</param>
    /// <returns>Success, or <see cref="EbpfResult.ExtensionFailedToLoad"/> (result 0) while its type's provider is detached.</returns>
    internal EbpfResult Invoke(KeThread current, ref ProgramExecution execution, byte* context, out uint result)
    {
        if (TypeData is null)
        {
            result = 0;
            return EbpfResult.ExtensionFailedToLoad;
        }

        EbpfProgram program = this;
        for (execution.TailCallCount = 0; ; execution.TailCallCount++)
        {
            // A program without code returns 0; only a tail call or a test run gets at one.
            ProgramCode? code = Volatile.Read(ref program._code);
            result = code is null ? 0 : code.Run(new HelperCall(Core, current, program, context, ref execution));
            EbpfProgram? next = execution.NextProgram;
            if (next is null)
            {
                break;
            }

            // The helper refuses the one that would be too many, so that the last has no successor.
            execution.NextProgram = null;
            program = next;
        }

        if (KernelEventSource.Log.IsEnabled(EventLevel.Verbose, KernelEventSource.Keywords.Program))
        {
            TraceInvoke(current, result, execution.TailCallCount);
        }

        return EbpfResult.Success;
    }

    /// <summary>Gives it its code, once: <c>ebpf_program_load_code</c>.</summary>
    /// <param name="current">The thread.</param>
    /// <param name="type">The kind of code.</param>
    /// <param name="code">What runs; null for a kind that cannot be loaded, which it keeps all the same.</param>
    /// <returns>False when it has got code, or been refused it, before.</returns>
    internal bool TryLoad(KeThread current, EbpfCodeType type, ProgramCode? code)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        if (_codeType != EbpfCodeType.None)
        {
            return false;
        }

        _codeType = type;
        Volatile.Write(ref _code, code);
        return true;
    }

    /// <summary>Lets it use one map more: <c>ebpf_program_associate_additional_map</c>.</summary>
    internal EbpfResult AssociateMap(KeThread current, EbpfMap map)
    {
        EbpfResult result = map.AssociateProgram(current, this);
        if (result == EbpfResult.Success)
        {
            using SpinLockScope scope = _lock.Acquire(current);
            map.Acquire();
            Volatile.Write(ref _maps, [.. _maps, map]);
        }

        return result;
    }

    /// <summary>
    /// Gives it its maps, once: <c>ebpf_program_associate_maps</c>. The maps are asked first, so that an array of programs has got a program
    /// type by then, even where the program has maps already.
    /// </summary>
    /// <returns>Success; what a map answered; or <see cref="EbpfResult.InvalidArgument"/> when the program has maps already.</returns>
    internal EbpfResult AssociateMaps(KeThread current, EbpfMap[] maps, string site)
    {
        foreach (EbpfMap map in maps)
        {
            EbpfResult result = map.AssociateProgram(current, this);
            if (result != EbpfResult.Success)
            {
                return result;
            }
        }

        int before;
        using (_lock.Acquire(current))
        {
            before = _maps.Length;
            if (before == 0)
            {
                Array.ForEach(maps, m => m.Acquire());
                Volatile.Write(ref _maps, maps);
            }
        }

        return current.Require(before == 0, CheckTable.ResolveMapOnce, site, before, 0) ? EbpfResult.Success : CheckTable.ResolveMapOnce.Result;
    }

    /// <inheritdoc/>
    internal override EbpfResult WriteInfo(in ProtocolCall call, int requestOffset, int replyOffset, out int written) =>
        ProgramDescription.Write(call, this, requestOffset, replyOffset, out written);

    /// <inheritdoc/>
    internal override void OnNoReferences(KeThread current)
    {
        // Whoever still runs it in an epoch keeps what the maps are made of; they are freed after that epoch themselves.
        foreach (EbpfMap map in _maps)
        {
            map.Release(current);
        }
    }

    /// <inheritdoc/>
    internal override void OnUnreachable(KeThread current) =>
        KernelEventSource.Log.ProgramDelete(current.RequestId, current.ProcessorNumber, Id, Name);

    /// <inheritdoc/>
    internal override void Free(KeThread current)
    {
        // Leaving the module registrar waits for its callbacks, which takes PASSIVE_LEVEL: _ebpf_program_free.
        // Somebody outside may have held on to the program for longer than the driver lived; then nobody waits for this.
        bool isAwaited = Core.LateFrees.TryAcquire();
        new ExWorkItem(Core.Machine, thread => FreeLate(thread, isAwaited)).Queue(current);
    }

    private void FreeLate(KeThread current, bool isAwaited)
    {
        _providers.Deregister(current);
        _code?.Release(current);
        if (isAwaited)
        {
            Core.LateFrees.Release();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TraceInvoke(KeThread current, uint result, uint tailCalls) =>
        KernelEventSource.Log.ProgramInvoke(current.RequestId, current.ProcessorNumber, Id, Name, result, (int)tailCalls);
}
