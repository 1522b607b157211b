using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt;
using KernelSim.Nt.Ex;
using KernelSim.Nt.Images;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Native;

/// <summary>
/// The attached native modules, by id, and their lifetimes: <c>libs/execution_context/ebpf_native.c</c>.
/// </summary>
/// <remarks>
/// One lock guards the table and the state of every module. Drivers are started, stopped and completed without it.
/// </remarks>
internal sealed partial class NativeModuleRegistry
{
    private const string AttachSite = "ebpfcore:native_module_attach";

    private readonly CoreContext _core;
    private readonly NativeModuleProvider _provider;
    private readonly List<NativeModule> _modules = [];
    private readonly HashSet<Guid> _refused = [];
    private KSpinLock _lock = new(CoreLockRanks.NativeModules);

    public NativeModuleRegistry(CoreContext core)
    {
        _core = core;
        _provider = new NativeModuleProvider(this);
        Authorizations = new NativeAuthorizations(core.Machine);
    }

    public Machine Machine => _core.Machine;

    /// <summary>The modules that may attach.</summary>
    public NativeAuthorizations Authorizations { get; }

    /// <summary>Starts accepting modules: <c>ebpf_native_initiate</c>.</summary>
    public void Start(KeThread current) => _core.Machine.Nmr.Register(current, _provider);

    /// <summary>
    /// Stops accepting modules, and waits for the last one to detach: <c>ebpf_native_terminate</c>. Programs are gone by now, epochs have ended.
    /// </summary>
    public void Stop(KeThread current)
    {
        _core.Deregister(current, _provider);
        Authorizations.Stop();
    }

    /// <summary>A driver attaches its module: <c>_ebpf_native_provider_attach_client_callback</c>.</summary>
    public EbpfResult Attach(KeThread current, NmrBinding binding)
    {
        Guid id = binding.Client.ModuleId;
        var metadata = binding.ClientDispatch as NativeModuleMetadata;
        Caller caller = new(_core, current, process: null, AttachSite);
        EbpfResult result = NativeModuleRules.Check(caller, metadata);
        if (result == EbpfResult.Success)
        {
            result = Verify(caller, id, metadata!.Path);
        }

        bool isNew = false;
        using (_lock.Acquire(current))
        {
            if (result == EbpfResult.Success)
            {
                NativeModule module = new(this, id, metadata!, binding);
                isNew = FindLocked(id) is null;
                if (isNew)
                {
                    _modules.Add(module);
                }

                binding.ProviderContext = module;
            }
        }

        if (result == EbpfResult.Success && !caller.Require(isNew, CheckTable.NativeAttachUnique, isNew ? 0 : 1, 0))
        {
            result = caller.Refused;
        }

        if (result != EbpfResult.Success)
        {
            using SpinLockScope scope = _lock.Acquire(current);
            _refused.Add(id);
        }

        KernelEventSource.Log.NativeModuleAttach(
            current.RequestId, current.ProcessorNumber, id.ToString(), metadata?.Path ?? string.Empty, ResultConversions.NameOf(result));
        return result;
    }

    /// <summary>The driver or the provider is being deregistered: <c>_ebpf_native_provider_detach_client_callback</c>.</summary>
    public void Detach(KeThread current, NativeModule module)
    {
        using (_lock.Acquire(current))
        {
            module.IsDetaching = true;
        }

        Release(current, module);
    }

    /// <summary>
    /// Looks up a module by id, without a reference: enough for <c>ebpf_native_get_count_of_maps</c> and its counterpart for programs.
    /// </summary>
    public bool TryFind(KeThread current, Guid id, [NotNullWhen(true)] out NativeModuleMetadata? metadata)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        metadata = FindLocked(id)?.Metadata;
        return metadata is not null;
    }

    /// <summary>Begins to load a module's programs; on success the caller owns a reference and calls <see cref="EndLoading"/>.</summary>
    public EbpfResult BeginLoading(in Caller caller, Guid id, out NativeModule? module)
    {
        NativeModuleState state = default;
        bool isGoing = false;
        module = null;
        NativeModule? found;
        using (_lock.Acquire(caller.Current))
        {
            found = FindLocked(id);
            if (found is not null)
            {
                state = found.State;
                isGoing = found.IsGoing;
                if (state == NativeModuleState.Initialized && !isGoing)
                {
                    found.State = NativeModuleState.Loading;
                    found.References++;
                    found.Holders++;
                    module = found;
                }
            }
        }

        if (!caller.Require(found is not null, CheckTable.NativeModulePresent, found is null ? 0 : 1, 1)
            || !caller.Require(!isGoing, CheckTable.NativeModuleGoing, isGoing ? 1 : 0, 0)
            || !caller.Require(module is not null, CheckTable.NativeProgramsState, (long)state, (long)NativeModuleState.Initialized))
        {
            return caller.Refused;
        }

        return EbpfResult.Success;
    }

    /// <summary>Ends the loading of a module's programs: all were created, or none.</summary>
    public void EndLoading(KeThread current, NativeModule module, EbpfResult result)
    {
        if (result == EbpfResult.Success)
        {
            using SpinLockScope scope = _lock.Acquire(current);
            module.State = NativeModuleState.Loaded;
        }

        LetGo(current, module);
        Release(current, module);
    }

    /// <summary>Takes a reference for a holder that keeps the module loaded; the caller already holds one.</summary>
    public void Acquire(KeThread current, NativeModule module)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        module.References++;
        module.Holders++;
    }

    /// <summary>Ends one holder. Its reference must still be released: code that is running may be in the module.</summary>
    public void LetGo(KeThread current, NativeModule module)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        module.Holders--;
    }

    /// <summary>Drops a reference. If only the attachment's is left, the driver is stopped; after the attachment's it may unload.</summary>
    public void Release(KeThread current, NativeModule module)
    {
        string? stop = null;
        bool isLast = false;
        using (_lock.Acquire(current))
        {
            int left = --module.References;
            if (left < 0)
            {
                current.Machine.BugCheck(BugcheckCode.KernelSecurityCheckFailure, (ulong)left);
            }

            if (left == 1 && !module.IsGoing)
            {
                module.State = NativeModuleState.Unloading;
                stop = module.Service;
            }
            else if (left == 0)
            {
                _modules.Remove(module);
                isLast = true;
            }
        }

        if (stop is not null)
        {
            KernelEventSource.Log.NativeModuleUnload(current.RequestId, current.ProcessorNumber, module.Id.ToString(), module.Metadata.Path);
            StopLater(current, stop, module);
        }

        if (isLast)
        {
            module.Binding.CompleteProviderDetach();
            module.Ended.Set();
        }
    }

    private NativeModule? FindLocked(Guid id) => _modules.Find(m => m.Id == id);

    private static void StopLater(KeThread current, string service, NativeModule module) =>
        new ExWorkItem(current.Machine, thread => Stop(thread, service, module)) { Name = $"stop of service '{service}'" }.Queue(current);

    /// <summary>Stops a module's driver. One that refuses to unload stays, and its file stays loaded: loads stop waiting for it.</summary>
    private static void Stop(KeThread current, string service, NativeModule module)
    {
        if (!current.Machine.Services.Stop(current, service).IsSuccess)
        {
            module.Ended.Set();
        }
    }

    /// <summary>Compares a file with its authorisation.</summary>
    private EbpfResult Verify(in Caller caller, Guid id, string path)
    {
        bool isAuthorized = Authorizations.TryFind(caller.Current, id, out ModuleHash expected);
        if (!caller.Require(isAuthorized, CheckTable.NativeAttachAuthorized, isAuthorized ? 1 : 0, 1))
        {
            return caller.Refused;
        }

        // The file as it is now, which need not be the one that was loaded.
        ModuleHash hash = default;
        bool matches = _core.Machine.Images.TryFind(path, out DriverImage? image);
        if (matches)
        {
            SHA256.HashData(image!.Contents.Span, hash);
            matches = ((ReadOnlySpan<byte>)hash).SequenceEqual(expected);
        }

        if (!caller.Require(matches, CheckTable.NativeAttachHash, matches ? 1 : 0, 1))
        {
            return caller.Refused;
        }

        return EbpfResult.Success;
    }
}
