using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;
using System.Text;
using KernelSim.Bytecode;
using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Objects;
using KernelSim.EbpfCore.Programs.Helpers;
using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Programs;

/// <summary>A program: <c>ebpf_program_t</c>. It gets its type at creation, and its code when that is loaded.</summary>
/// <remarks>
/// Running it takes no lock: the data that it reads (its type's provider, its code, its maps) is replaced as a whole, and a thread that
/// removes it waits for the epoch. The lock is for threads that replace it.
/// </remarks>
public sealed unsafe class EbpfProgram : EbpfObject
{
    /// <summary>Maximum number of tail calls of one invocation: <c>MAX_TAIL_CALL_CNT</c>.</summary>
    public const uint MaxTailCalls = 33;

    private readonly ProgramProviders _providers;
    private KSpinLock _lock = new(CoreLockRanks.Program);
    private ProgramCode? _code;
    private EbpfMap[] _maps = [];
    private EbpfCodeType _codeType;
    private ulong _flags;
    private int _linkCount;

    internal EbpfProgram(CoreContext core, ProgramParameters parameters)
        : base(core, EbpfObjectType.Program)
    {
        Parameters = parameters;
        Name = Encoding.UTF8.GetString(parameters.Name);
        SectionName = Encoding.UTF8.GetString(parameters.SectionName);
        FileName = Encoding.UTF8.GetString(parameters.FileName);
        _providers = new ProgramProviders(this, core, parameters);
    }

    /// <summary>GUID of the program type.</summary>
    public Guid ProgramType => Parameters.ProgramType;

    /// <summary>Name of the program type for traces; its GUID if it has none.</summary>
    internal string ProgramTypeName => ProgramTypeTable.Find(ProgramType)?.Name ?? ProgramType.ToString();

    /// <summary>Number of the program type, as last given by the type's provider.</summary>
    public BpfProgType BpfProgType => _providers.BpfProgType;

    /// <summary>Its name, maybe empty.</summary>
    public string Name { get; }

    /// <summary>The section of the file that it was compiled from.</summary>
    public string SectionName { get; }

    /// <summary>The file that it was compiled from.</summary>
    public string FileName { get; }

    /// <summary>The type of its code. After code was refused for lack of an engine, it keeps that code's type, as upstream's does.</summary>
    public EbpfCodeType CodeType => _codeType;

    /// <summary>The code; null before any is loaded.</summary>
    internal ProgramCode? Code => Volatile.Read(ref _code);

    /// <summary>The flags that hook providers get when it is attached: <c>prog_attach_flags</c>.</summary>
    public ulong Flags
    {
        get => Volatile.Read(ref _flags);
        internal set => Volatile.Write(ref _flags, value);
    }

    /// <summary>Number of links that attach it.</summary>
    public int LinkCount => Volatile.Read(ref _linkCount);

    /// <inheritdoc/>
    internal override Guid? BoundProgramType => ProgramType;

    /// <summary>The maps that it uses, in the order in which they were associated; it holds a reference to each.</summary>
    public IReadOnlyList<EbpfMap> Maps => Volatile.Read(ref _maps);

    internal ProgramParameters Parameters { get; }

    /// <summary>The data of its type's provider; null while that is detached. Once read in an epoch, it stays valid until the epoch ends.</summary>
    internal ProgramData? TypeData => _providers.TypeData;

    /// <summary>Its clients of the program information interface.</summary>
    internal ProgramProviders Providers => _providers;

    /// <summary>The implementations of its helpers.</summary>
    internal HelperBindings Bindings => _providers.Bindings;

    /// <summary>
    /// A copy of its instructions as they were loaded: helpers by id, and each <c>lddw</c> of a map (source 1) or of an address in a map's value
    /// (source 2, the place in its second slot) with the map's id. Empty for native code, and before code is loaded.
    /// </summary>
    public BpfInstruction[] CopyInstructions() => Volatile.Read(ref _code)?.CopyInstructions(Maps) ?? [];

    /// <summary>The name of one of its helpers, such as <c>bpf_map_lookup_elem</c>; null for an id that its type does not have.</summary>
    public string? NameOfHelper(uint id) => Bindings.Find(id)?.Prototype.Name;

    /// <summary>Adjusts the number of links.</summary>
    internal void AddLinks(int change) => Interlocked.Add(ref _linkCount, change);

    /// <summary>Runs it: <c>ebpf_program_invoke</c>. In an epoch, at its type's required level.</summary>
    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="execution">The invocation's state; a batch uses one for all.</param>
    /// <param name="context">The context, in kernel memory.</param>
    /// <param name="result">The return value of the program that returned last.</param>
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
            // A program without code returns 0; it can only be reached by a tail call or a test run.
            ProgramCode? code = Volatile.Read(ref program._code);
            result = code is null ? 0 : code.Run(new HelperCall(Core, current, program, context, ref execution));
            EbpfProgram? next = execution.NextProgram;
            if (next is null)
            {
                break;
            }

            // The helper refuses the tail call that would be one too many, so the last program has no successor.
            execution.NextProgram = null;
            program = next;
        }

        if (KernelEventSource.Log.IsEnabled(EventLevel.Verbose, KernelEventSource.Keywords.Program))
        {
            TraceInvoke(current, result, execution.TailCallCount);
        }

        return EbpfResult.Success;
    }

    /// <summary>Loads its code, once: <c>ebpf_program_load_code</c>.</summary>
    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="type">The type of the code.</param>
    /// <param name="code">The code; null for a type that cannot be loaded, which the program keeps all the same.</param>
    /// <returns>False if code was loaded or refused before.</returns>
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

    /// <summary>Associates one more map: <c>ebpf_program_associate_additional_map</c>.</summary>
    internal EbpfResult AssociateMap(in Caller caller, EbpfMap map)
    {
        EbpfResult result = Ask(caller, map);
        if (result == EbpfResult.Success)
        {
            using SpinLockScope scope = _lock.Acquire(caller.Current);
            map.Acquire();
            Volatile.Write(ref _maps, [.. _maps, map]);
        }

        return result;
    }

    /// <summary>
    /// Associates its maps, once: <c>ebpf_program_associate_maps</c>. The maps are asked first, so an array of programs has its program
    /// type by then, even if the program already has maps.
    /// </summary>
    /// <returns>Success; the result of a map that refused; or <see cref="EbpfResult.InvalidArgument"/> if the program already has maps.</returns>
    internal EbpfResult AssociateMaps(in Caller caller, EbpfMap[] maps)
    {
        KeThread current = caller.Current;
        foreach (EbpfMap map in maps)
        {
            EbpfResult result = Ask(caller, map);
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

        if (!caller.Require(before == 0, CheckTable.ResolveMapOnce, before, 0))
        {
            return caller.Refused;
        }

        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    internal override EbpfResult WriteInfo(in Caller caller, ReadOnlySpan<byte> given, Span<byte> room, out int written) =>
        ProgramDescription.Write(caller, this, given, room, out written);

    /// <inheritdoc/>
    internal override void OnNoReferences(KeThread current)
    {
        _code?.OnUnneeded(current);

        // A thread that still runs it in an epoch can keep using the maps, which are freed after that epoch themselves.
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
        // Deregistering waits for the registrar's callbacks, which requires PASSIVE_LEVEL: _ebpf_program_free.
        // A reference from outside may have kept the program for longer than the driver lived; then nothing waits for this.
        bool isAwaited = Core.LateFrees.TryAcquire();
        new ExWorkItem(Core.Machine, thread => FreeLate(thread, isAwaited)).Queue(current);
    }

    /// <summary>Whether a map accepts programs of this type. Its provider, if it has one, chooses the result.</summary>
    private EbpfResult Ask(in Caller caller, EbpfMap map)
    {
        EbpfResult result = map.AssociateProgram(caller.Current, ProgramType);
        bool accepts = !map.Traits.IsCustom || result != EbpfResult.OperationNotSupported;
        return caller.Require(accepts, CheckTable.MapCustomProgramType, (int)result, (int)EbpfResult.Success) ? result : caller.Refused;
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
