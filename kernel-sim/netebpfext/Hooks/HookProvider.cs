using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt;
using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.Hooks;

/// <summary>
/// The provider of one hook: <c>net_ebpf_extension_hook_provider_t</c>. It decides which programs may attach, keeps the attached ones, and gives
/// events a view of them (<see cref="HookSection"/>).
/// </summary>
internal sealed class HookProvider : NmrProvider
{
    /// <summary>Maximum number of programs under one attach parameter: <c>NET_EBPF_EXT_MAX_CLIENTS_PER_HOOK_MULTI_ATTACH</c>.</summary>
    public const int MaxClientsPerFilter = 16;

    private readonly Machine _machine;
    private readonly AttachCapability _capability;
    private readonly AttachParameterRule _rule;

    // Serializes attaching and detaching. Events do not take it.
    private readonly ExPushLock _lock;
    private HookAttachments _attachments;

    public HookProvider(Machine machine, AttachTypeRow type, AttachCapability capability, AttachParameterRule rule, int index)
        : base(EbpfNpi.Hook, type.Id, new AttachProviderData(type.ProgramType, type.Type, type.LinkType))
    {
        _machine = machine;
        _capability = capability;
        _rule = rule;
        _lock = new ExPushLock(machine, LockRank);
        _attachments = new HookAttachments(machine);
        Type = type;
        Index = index;
    }

    /// <summary>The rank of the lock that serializes attaching and detaching.</summary>
    public static LockRank LockRank { get; } = LockRank.ForDriver(1, "attachments of a hook");

    /// <summary>The attach type of the hook.</summary>
    public AttachTypeRow Type { get; }

    /// <summary>Index of the hook within the driver, from 0.</summary>
    public int Index { get; }

    /// <summary>Number of attached programs.</summary>
    public int ClientCount => Volatile.Read(ref _attachments).Filters.Sum(f => f.Clients.Length);

    /// <summary>The current attachments; the caller releases their rundown.</summary>
    public HookAttachments Acquire()
    {
        while (true)
        {
            // The published list is not run down before its successor is published.
            HookAttachments attachments = Volatile.Read(ref _attachments);
            if (attachments.Rundown.TryAcquire())
            {
                return attachments;
            }
        }
    }

    /// <inheritdoc/>
    public override NtStatus AttachClient(KeThread current, NmrBinding binding)
    {
        if (binding.Client.Characteristics is not AttachClientData data || binding.ClientDispatch is not IHookDispatch dispatch)
        {
            return NtStatus.InvalidParameter;
        }

        if (AttachParameter.TryRead(data.Data, _rule) is not { } parameter)
        {
            return NtStatus.InvalidParameter;
        }

        HookClient client = new(binding, dispatch);
        using PushLockScope scope = _lock.AcquireExclusive(current);
        HookFilter[]? filters = TryAdd(_attachments.Filters, parameter, client);
        if (filters is null)
        {
            return NtStatus.AccessDenied;
        }

        binding.ProviderContext = client;
        Publish(current, filters);
        return NtStatus.Success;
    }

    /// <summary>Removes a link's program, and waits until its last invocation has returned.</summary>
    public override NtStatus Detach(KeThread current, NmrBinding binding)
    {
        using PushLockScope scope = _lock.AcquireExclusive(current);
        HookFilter[] filters =
        [
            .. _attachments.Filters
                .Select(f => Array.Exists(f.Clients, c => c.Binding == binding)
                    ? new HookFilter(f.Parameter, [.. f.Clients.Where(c => c.Binding != binding)])
                    : f)
                .Where(f => f.Clients.Length > 0),
        ];
        Publish(current, filters);
        return NtStatus.Success;
    }

    /// <summary>The filters with another program; null if the hook's rule refuses it.</summary>
    private HookFilter[]? TryAdd(HookFilter[] filters, AttachParameter parameter, HookClient client)
    {
        int same = Array.FindIndex(filters, f => f.Parameter.SameDataAs(parameter));
        bool refused = _capability switch
        {
            AttachCapability.SingleAttach => filters.Length > 0,
            AttachCapability.SingleAttachPerHook => parameter.IsWildcard ? filters.Length > 0 : same >= 0,
            _ => same >= 0 && filters[same].Clients.Length == MaxClientsPerFilter,
        };
        if (refused)
        {
            return null;
        }

        if (_capability == AttachCapability.MultiAttachWithWildcard && same >= 0)
        {
            HookFilter[] joined = [.. filters];
            joined[same] = new HookFilter(filters[same].Parameter, [.. filters[same].Clients, client]);
            return joined;
        }

        HookFilter added = new(parameter, client);
        return parameter.IsWildcard ? [.. filters, added] : [added, .. filters];
    }

    /// <summary>
    /// Publishes new filters, and waits until no event uses the old ones. Events in delivery end by themselves: they wait for
    /// nothing that a thread below DISPATCH_LEVEL could hold.
    /// </summary>
    private void Publish(KeThread current, HookFilter[] filters)
    {
        HookAttachments before = _attachments;
        Volatile.Write(ref _attachments, new HookAttachments(_machine, filters));
        before.Rundown.WaitForRelease(current);
    }
}
