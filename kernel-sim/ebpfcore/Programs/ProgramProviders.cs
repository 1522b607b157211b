using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Programs.Helpers;
using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Programs;

/// <summary>
/// A program's view of its providers: its clients of the program information interface, and the data of its type's provider.
/// A provider that is being deregistered waits until that data is no longer used: explicit users by rundown, running programs by an epoch.
/// </summary>
internal sealed class ProgramProviders
{
    private readonly EbpfProgram _program;
    private readonly CoreContext _core;
    private readonly ProgramInfoClient _general;
    private readonly ProgramInfoClient _type;
    private readonly ExRundown _rundown;
    private KSpinLock _lock = new(CoreLockRanks.ProgramProviders);
    private ProgramData? _generalData;
    private ProgramData? _typeData;
    private HelperBindings _bindings = HelperBindings.General;
    private uint[]? _helperIds;
    private byte[]? _infoHash;

    public ProgramProviders(EbpfProgram program, CoreContext core, ProgramParameters parameters)
    {
        _program = program;
        _core = core;
        _infoHash = parameters.InfoHash;
        Guid moduleId = core.NextModuleId();
        _general = new ProgramInfoClient(this, moduleId, EbpfNpi.GeneralHelpers);
        _type = new ProgramInfoClient(this, moduleId, parameters.ProgramType);
        _rundown = new ExRundown(core.Machine);
    }

    /// <summary>The data of the type's provider; null while it is detached. Once read in an epoch, it stays valid until the epoch ends.</summary>
    public ProgramData? TypeData => Volatile.Read(ref _typeData);

    /// <summary>The implementations of the helpers; those of the last provider while it is detached.</summary>
    public HelperBindings Bindings => Volatile.Read(ref _bindings);

    /// <summary>The number of the program's type, as its provider last gave it.</summary>
    public BpfProgType BpfProgType { get; private set; }

    /// <summary>The helpers that have been fixed: <c>helper_function_ids</c>.</summary>
    public uint[] HelperIds => Volatile.Read(ref _helperIds) ?? [];

    /// <summary>Number of helpers that have been fixed: <c>helper_function_count</c>.</summary>
    public int HelperCount => HelperIds.Length;

    /// <summary>
    /// Registers with the module registrar. Both providers must already be registered. At PASSIVE_LEVEL; no other thread can see the program yet.
    /// </summary>
    /// <returns>Success or <see cref="EbpfResult.ExtensionFailedToLoad"/>; in both cases call <see cref="Deregister"/> later.</returns>
    public EbpfResult Register(KeThread current)
    {
        _rundown.WaitForRelease(current);
        _core.Machine.Nmr.Register(current, _general);
        _core.Machine.Nmr.Register(current, _type);
        return _generalData is null || TypeData is null ? EbpfResult.ExtensionFailedToLoad : EbpfResult.Success;
    }

    /// <summary>Deregisters. At PASSIVE_LEVEL; outside of epochs if any other thread has ever seen the program.</summary>
    public void Deregister(KeThread current)
    {
        _core.Deregister(current, _type);
        _core.Deregister(current, _general);
    }

    /// <summary>
    /// Keeps the type's provider attached, <c>ebpf_program_reference_providers</c>: its data may be used until
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

    /// <summary>Reverts <see cref="Reference"/>.</summary>
    public void Dereference() => _rundown.Release();

    /// <summary>Fixes the helpers that the program calls: <c>ebpf_program_set_helper_function_ids</c>. An empty list fixes nothing.</summary>
    /// <returns>False if they have been fixed before.</returns>
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

    /// <summary>Clears the helpers that the program calls: <c>ebpf_program_clear_helper_function_ids</c>.</summary>
    public void ClearHelperIds(KeThread current)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        _helperIds = null;
    }

    /// <summary>
    /// Computes the hash of the program's information, or compares it with the one that the program was created with:
    /// <c>ebpf_program_set_program_info_hash</c>.
    /// </summary>
    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="matches">False if both exist and differ, or if a helper is unknown.</param>
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

    /// <summary>Attaches one of the clients to the provider that it waits for.</summary>
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

    /// <summary>The provider of one of the clients is being deregistered. For the type's, nothing uses its data any more on return.</summary>
    internal void Detach(KeThread current, ProgramInfoClient client)
    {
        Forget(current, client);
        if (ReferenceEquals(client, _type))
        {
            KernelEventSource.Log.ProviderDetach(current.RequestId, current.ProcessorNumber, _program.ProgramTypeName, _program.Id);
            if (_program.Id != 0)
            {
                // A thread that is in an epoch now may have found the provider and run the program. A program without an id has never
                // been run, and the thread that creates it is in an epoch itself.
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

        // Hashing is slow, so it is done outside of the lock. Only a second provider of the same type could attach this client meanwhile,
        // which the check below detects.
        uint[]? ids = _helperIds;
        byte[]? hash = ids is null ? null : ProgramInfoHash.Compute(data!.Info, ids);
        HelperBindings bindings = new(data);
        using SpinLockScope scope = _lock.Acquire(current);
        bool isKnown = ids is null || (hash is not null && hash.AsSpan().SequenceEqual(_infoHash));
        bool hasBodies = ids is null
            || _program.CodeType is not (EbpfCodeType.Native or EbpfCodeType.Ebpf)
            || Array.TrueForAll(ids, id => bindings.Find(id) is not null);
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
