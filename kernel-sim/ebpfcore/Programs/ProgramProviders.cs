using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Programs;

/// <summary>
/// What a program knows of its providers: its clients of the program information interface, and what the provider of its type has given.
/// A provider that goes waits until nobody uses that any more: explicit users by rundown, running programs by an epoch.
/// </summary>
internal sealed class ProgramProviders
{
    private readonly EbpfProgram _program;
    private readonly EbpfCore _core;
    private readonly ProgramInfoClient _general;
    private readonly ProgramInfoClient _type;
    private readonly ExRundown _rundown;
    private KSpinLock _lock;
    private ProgramData? _generalData;
    private ProgramData? _typeData;
    private HelperBindings _bindings = HelperBindings.General;
    private uint[]? _helperIds;
    private byte[]? _infoHash;

    public ProgramProviders(EbpfProgram program, EbpfCore core, ProgramParameters parameters)
    {
        _program = program;
        _core = core;
        _infoHash = parameters.InfoHash;
        Guid moduleId = core.NextModuleId();
        _general = new ProgramInfoClient(this, moduleId, EbpfNpi.GeneralHelpers);
        _type = new ProgramInfoClient(this, moduleId, parameters.ProgramType);
        _rundown = new ExRundown(core.Machine);
    }

    /// <summary>What the type's provider has given; null while it is detached. In an epoch it stays valid once read.</summary>
    public ProgramData? TypeData => Volatile.Read(ref _typeData);

    /// <summary>Which bodies the helpers have; those of the last provider while it is detached.</summary>
    public HelperBindings Bindings => Volatile.Read(ref _bindings);

    /// <summary>The number of the program's type, as its provider last gave it.</summary>
    public BpfProgType BpfProgType { get; private set; }

    /// <summary>How many helpers have been fixed: <c>helper_function_count</c>.</summary>
    public int HelperCount => Volatile.Read(ref _helperIds)?.Length ?? 0;

    /// <summary>
    /// Registers with the module registrar. Both providers must be there already. At PASSIVE_LEVEL; nobody else knows the program yet.
    /// </summary>
    /// <returns>Success or <see cref="EbpfResult.ExtensionFailedToLoad"/>; then <see cref="Deregister"/> is still due.</returns>
    public EbpfResult Register(KeThread current)
    {
        _rundown.WaitForRelease(current);
        _core.Machine.Nmr.Register(current, _general);
        _core.Machine.Nmr.Register(current, _type);
        return _generalData is null || TypeData is null ? EbpfResult.ExtensionFailedToLoad : EbpfResult.Success;
    }

    /// <summary>Deregisters. At PASSIVE_LEVEL; outside of epochs if anybody else ever knew the program.</summary>
    public void Deregister(KeThread current)
    {
        _core.Deregister(current, _type);
        _core.Deregister(current, _general);
    }

    /// <summary>
    /// Keeps the type's provider from going, <c>ebpf_program_reference_providers</c>: what it has given may be used until
    /// <see cref="Dereference"/>.
    /// </summary>
    public EbpfResult Reference(out ProgramData? data)
    {
        data = null;
        if (TypeData is null || !_rundown.TryAcquire())
        {
            return EbpfResult.ExtensionFailedToLoad;
        }

        data = TypeData;
        if (data is not null)
        {
            return EbpfResult.Success;
        }

        _rundown.Release();
        return EbpfResult.ExtensionFailedToLoad;
    }

    /// <summary>Lets the provider go again.</summary>
    public void Dereference() => _rundown.Release();

    /// <summary>Fixes which helpers the program calls: <c>ebpf_program_set_helper_function_ids</c>. None fixes nothing.</summary>
    /// <returns>False when that has been done before.</returns>
    public bool SetHelperIds(KeThread current, uint[] ids)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        if (ids.Length == 0)
        {
            return true;
        }

        if (_helperIds is not null)
        {
            return false;
        }

        _helperIds = ids;
        return true;
    }

    /// <summary>Forgets which helpers the program calls: <c>ebpf_program_clear_helper_function_ids</c>.</summary>
    public void ClearHelperIds(KeThread current)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        _helperIds = null;
    }

    /// <summary>
    /// Computes the hash of the program's information, or compares it with the one that it came with:
    /// <c>ebpf_program_set_program_info_hash</c>.
    /// </summary>
    /// <param name="current">The thread.</param>
    /// <param name="matches">False when both are there and differ, or a helper is unknown.</param>
    /// <returns>Success, or <see cref="EbpfResult.ExtensionFailedToLoad"/> while the provider is detached.</returns>
    public EbpfResult SetInfoHash(KeThread current, out bool matches)
    {
        matches = false;
        EbpfResult result = Reference(out ProgramData? data);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        byte[]? hash = ProgramInfoHash.Compute(data!.Info, _helperIds ?? []);
        Dereference();
        using SpinLockScope scope = _lock.Acquire(current);
        _infoHash ??= hash;
        matches = hash is not null && hash.AsSpan().SequenceEqual(_infoHash);
        return EbpfResult.Success;
    }

    /// <summary>A provider that one of the clients waits for is there.</summary>
    internal NtStatus Attach(KeThread current, ProgramInfoClient client, NmrBinding binding)
    {
        var data = binding.Provider.Characteristics as ProgramData;
        NtStatus status = ReferenceEquals(client, _general) ? AttachGeneral(current, data) : AttachType(current, data);
        if (status.IsSuccess)
        {
            status = binding.Attach(current, clientContext: null, clientDispatch: null);
            if (!status.IsSuccess)
            {
                Forget(current, client);
                if (ReferenceEquals(client, _type))
                {
                    BpfProgType = BpfProgType.Unspec;
                }
            }
        }

        if (ReferenceEquals(client, _type))
        {
            KernelEventSource.Log.ProviderAttach(
                current.RequestId, current.ProcessorNumber, _program.ProgramTypeName, _program.Id, status.ToString());
        }

        return status;
    }

    /// <summary>The provider that one of the clients was attached to goes. For the type's, nobody uses it any more on return.</summary>
    internal void Detach(KeThread current, ProgramInfoClient client)
    {
        Forget(current, client);
        if (ReferenceEquals(client, _type))
        {
            KernelEventSource.Log.ProviderDetach(current.RequestId, current.ProcessorNumber, _program.ProgramTypeName, _program.Id);
            if (_program.Id != 0)
            {
                // Whoever is in an epoch now may have found the provider there and run the program. A program without an id has never
                // been run, and the thread that makes it is in an epoch itself.
                _core.Epochs.Synchronize(current);
            }
        }
    }

    private NtStatus AttachGeneral(KeThread current, ProgramData? data)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        if (data is null || _generalData is not null)
        {
            return NtStatus.InvalidParameter;
        }

        _generalData = data;
        return NtStatus.Success;
    }

    private NtStatus AttachType(KeThread current, ProgramData? data)
    {
        if (!ProgramDataRules.Accept(data))
        {
            return NtStatus.InvalidParameter;
        }

        // Hashing is slow: outside of the lock. Nobody else attaches this client meanwhile but by a second provider of the same type,
        // which the check below finds out.
        uint[]? ids = _helperIds;
        byte[]? hash = ids is null ? null : ProgramInfoHash.Compute(data!.Info, ids);
        HelperBindings bindings = new(data);
        using SpinLockScope scope = _lock.Acquire(current);
        bool isKnown = ids is null || (hash is not null && hash.AsSpan().SequenceEqual(_infoHash));
        bool hasBodies = ids is null
            || _program.CodeType is not (EbpfCodeType.Native or EbpfCodeType.Ebpf)
            || Array.TrueForAll(ids, id => bindings.TryFind(id, out _, out _));
        if (_generalData is null || TypeData is not null || !isKnown || !hasBodies)
        {
            return NtStatus.InvalidParameter;
        }

        Volatile.Write(ref _bindings, bindings);
        Volatile.Write(ref _typeData, data);
        BpfProgType = data!.Info.Descriptor.BpfProgType;
        _rundown.Reinitialize();
        return NtStatus.Success;
    }

    private void Forget(KeThread current, ProgramInfoClient client)
    {
        if (ReferenceEquals(client, _general))
        {
            using SpinLockScope scope = _lock.Acquire(current);
            _generalData = null;
            return;
        }

        _rundown.WaitForRelease(current);
        using (_lock.Acquire(current))
        {
            Volatile.Write(ref _typeData, null);
        }
    }
}
