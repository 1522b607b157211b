using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Objects;
using KernelSim.EbpfCore.Programs;
using KernelSim.Nt;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Links;

/// <summary>
/// A link between a program and a hook: <c>ebpf_link_t</c>. While attached, it holds a reference to its program, which the hook's provider runs
/// through it. Dropping its last reference detaches it.
/// </summary>
/// <remarks>
/// Its lock guards state, program and attach data, and is not held while other drivers are called. Running the program takes no lock:
/// the program does not change between attaching and the moment when the provider has released it.
/// </remarks>
public sealed unsafe class EbpfLink : EbpfObject, IHookDispatch
{
    private KSpinLock _lock = new(CoreLockRanks.Link);
    private LinkState _state;
    private AttachClientData _data;
    private EbpfProgram? _program;
    private Guid _programType;
    private HookClientModule? _client;
    private BpfAttachType _bpfAttachType;
    private BpfLinkType _linkType;
    private bool _legacyMode;

    internal EbpfLink(CoreContext core, Guid attachType, ReadOnlySpan<byte> attachData)
        : base(core, EbpfObjectType.Link)
    {
        AttachType = attachType;
        _data = new AttachClientData(attachData.ToArray(), ProgAttachFlags: 0);
    }

    /// <summary>GUID of the attach type.</summary>
    public Guid AttachType { get; }

    /// <summary>GUID of the attached program's type; empty before it is attached.</summary>
    public Guid ProgramType => _programType;

    /// <summary>The state of the link.</summary>
    public LinkState State => _state;

    /// <summary>Whether a provider has accepted it: an attached link may be waiting for its hook's driver to be loaded again.</summary>
    public bool HasProvider => Volatile.Read(ref _client) is { IsAttached: true };

    /// <summary>The section name of the attach type if it has one, otherwise its GUID.</summary>
    public string AttachTypeName => AttachTypeTable.Find(AttachType)?.Section ?? AttachType.ToString();

    /// <inheritdoc/>
    public EbpfResult Invoke(KeThread current, byte* context, out uint result)
    {
        BatchBegin(current, out HookBatch batch);
        EbpfResult answer = BatchInvoke(current, ref batch, context, out result);
        BatchEnd(current, ref batch);
        return answer;
    }

    /// <inheritdoc/>
    public void BatchBegin(KeThread current, out HookBatch batch)
    {
        batch = default;
        batch.Epoch = Core.Epochs.Enter(current);
        batch.Execution = ProgramExecution.Begin(current);
    }

    /// <inheritdoc/>
    public EbpfResult BatchInvoke(KeThread current, ref HookBatch batch, byte* context, out uint result)
    {
        EbpfProgram program = _program!;
        EbpfResult answer = program.Invoke(current, ref batch.Execution, context, out result);
        if (KernelEventSource.Log.IsEnabled())
        {
            KernelEventSource.Log.HookInvoke(
                current.RequestId, current.ProcessorNumber, Id, program.Id, result, ResultConversions.NameOf(answer));
        }

        return answer;
    }

    /// <inheritdoc/>
    public void BatchEnd(KeThread current, ref HookBatch batch) => batch.Epoch.Dispose();

    /// <summary>Attaches a program: <c>ebpf_link_attach_program</c>. At PASSIVE_LEVEL, in an epoch, once.</summary>
    /// <returns>
    /// Success, or <see cref="EbpfResult.ExtensionFailedToLoad"/> if no provider has the hook for such a program, or the provider
    /// refuses; the link is then detached.
    /// </returns>
    internal EbpfResult Attach(in Caller caller, EbpfProgram program)
    {
        KeThread current = caller.Current;
        HookClientModule client;
        using (_lock.Acquire(current))
        {
            Enter(LinkState.Initial, LinkState.Attaching);
            _program = program;
            _programType = program.ProgramType;
            _data = _data with { ProgAttachFlags = program.Flags };
            _client = client = new HookClientModule(this, ModuleIdOf(Core), _data);
            program.Acquire();
            program.AddLinks(1);
        }

        // The hook's provider is called now, on this thread.
        NtStatus registered = Core.Machine.Nmr.Register(current, client);
        NtStatus answer = client.LastAnswer;
        bool met = caller.Require(
            registered.IsSuccess && answer != NtStatus.NotFound, CheckTable.LinkHookProvider, answer == NtStatus.NotFound ? 0 : 1, 1);
        if (met && caller.Require(answer.IsSuccess, CheckTable.LinkHookAnswer, (uint)answer.Value, (uint)NtStatus.Success.Value))
        {
            using (_lock.Acquire(current))
            {
                Enter(LinkState.Attaching, LinkState.Attached);
            }

            KernelEventSource.Log.LinkAttach(
                current.RequestId, current.ProcessorNumber, Id, program.Id, AttachTypeName, _data.Data.Length);
            return EbpfResult.Success;
        }

        EbpfResult refused = caller.Refused;
        using (_lock.Acquire(current))
        {
            Enter(LinkState.Attaching, LinkState.Detaching);
        }

        LetGo(current, client);
        return refused;
    }

    /// <summary>
    /// Detaches: <c>ebpf_link_detach_program</c>. Once this returns, the link no longer invokes the program. At PASSIVE_LEVEL, in
    /// an epoch. Has no effect on a link that is not attached.
    /// </summary>
    internal void Detach(KeThread current)
    {
        HookClientModule client;
        bool legacyMode;
        uint programId;
        using (_lock.Acquire(current))
        {
            if (_state != LinkState.Attached)
            {
                return;
            }

            Enter(LinkState.Attached, LinkState.Detaching);
            client = _client!;
            programId = _program!.Id;
            (legacyMode, _legacyMode) = (_legacyMode, false);
        }

        LetGo(current, client);
        KernelEventSource.Log.LinkDetach(current.RequestId, current.ProcessorNumber, Id, programId, AttachTypeName);
        if (legacyMode)
        {
            Release(current);
        }
    }

    /// <summary>Detaches every link, including those in legacy mode: <c>ebpf_link_terminate</c>. In an epoch.</summary>
    internal static void DetachAll(KeThread current, ObjectTable objects)
    {
        for (uint id = 0; objects.NextId(current, id, EbpfObjectType.Link, out id) == EbpfResult.Success;)
        {
            if (objects.Reference(current, id, EbpfObjectType.Link, out EbpfObject? link) == EbpfResult.Success)
            {
                ((EbpfLink)link!).Detach(current);
                link.Release(current);
            }
        }
    }

    /// <summary>
    /// Keeps an attached link without handle or pin until it is detached explicitly: <c>ebpf_link_set_legacy_mode</c>. In an epoch.
    /// </summary>
    /// <remarks>Upstream takes another reference at each call but drops only one: there, a link set twice would stay forever.</remarks>
    internal EbpfResult SetLegacyMode(in Caller caller)
    {
        LinkState state;
        using (_lock.Acquire(caller.Current))
        {
            state = _state;
            if (state == LinkState.Attached && !_legacyMode)
            {
                _legacyMode = true;
                Acquire();
            }
        }

        if (!caller.Require(state == LinkState.Attached, CheckTable.LinkLegacyState, (long)state, (long)LinkState.Attached))
        {
            return caller.Refused;
        }

        return EbpfResult.Success;
    }

    /// <summary>The info of the link: <c>ebpf_link_get_info</c>. Attach data that do not fit their field are left out.</summary>
    internal BpfLinkInfo Info(KeThread current)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        var info = new BpfLinkInfo
        {
            Id = Id,
            ProgId = _program?.Id ?? 0,
            Type = _linkType,
            AttachType = _bpfAttachType,
            AttachTypeUuid = AttachType,
            ProgramTypeUuid = _programType,
        };
        if (_data.Data.Length <= sizeof(ulong))
        {
            ulong data = 0;
            _data.Data.Span.CopyTo(new Span<byte>(&data, sizeof(ulong)));
            info.AttachData = data;
        }

        return info;
    }

    /// <summary>Records the provider's description of the hook.</summary>
    internal void Describe(KeThread current, AttachProviderData provided)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        _linkType = provided.LinkType;
        _bpfAttachType = provided.BpfAttachType;
    }

    /// <inheritdoc/>
    internal override EbpfResult WriteInfo(in Caller caller, ReadOnlySpan<byte> given, Span<byte> room, out int written)
    {
        written = 0;
        if (!caller.Require(!room.IsEmpty, CheckTable.ObjectInfoRoom, room.Length, sizeof(BpfLinkInfo)))
        {
            return caller.Refused;
        }

        BpfLinkInfo info = Info(caller.Current);
        written = Math.Min(room.Length, sizeof(BpfLinkInfo));
        new ReadOnlySpan<byte>(&info, written).CopyTo(room);
        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    internal override void OnNoReferences(KeThread current) => Detach(current);

    /// <inheritdoc/>
    internal override void OnUnreachable(KeThread current)
    {
    }

    /// <inheritdoc/>
    internal override void Free(KeThread current)
    {
    }

    /// <summary>A module id for each link, from the machine's random numbers.</summary>
    private static Guid ModuleIdOf(CoreContext core)
    {
        Span<uint> words = stackalloc uint[4];
        foreach (ref uint word in words)
        {
            word = core.Machine.Random.NextUInt32();
        }

        return new Guid(MemoryMarshal.AsBytes(words));
    }

    /// <summary>Leaves the hook, and drops the program.</summary>
    private void LetGo(KeThread current, HookClientModule client)
    {
        if (Core.Machine.Nmr.Deregister(current, client) == NtStatus.Pending)
        {
            Core.Machine.Nmr.WaitForDeregister(current, client);
        }

        EbpfProgram program;
        using (_lock.Acquire(current))
        {
            Enter(LinkState.Detaching, LinkState.Detached);
            program = _program!;
            _program = null;
            _client = null;
            _data = _data with { Data = default };
        }

        program.AddLinks(-1);
        program.Release(current);
    }

    /// <summary>Changes the state; call it under the lock.</summary>
    private void Enter(LinkState from, LinkState to)
    {
        if (_state != from)
        {
            Core.Machine.BugCheck(BugcheckCode.KernelSecurityCheckFailure, Id, (ulong)_state, (ulong)from, (ulong)to);
        }

        _state = to;
    }
}
