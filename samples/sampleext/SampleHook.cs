using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;

namespace KernelSim.Samples.SampleExt;

/// <summary>
/// Provides the hook for programs of the type: one for each attach parameter, whatever its bytes. The module id is the attach
/// type's GUID.
/// </summary>
internal sealed class SampleHook() : NmrProvider(
    EbpfNpi.Hook,
    AttachTypeTable.Find(BpfAttachType.Sample)!.Id,
    new AttachProviderData(ProgramTypeTable.Sample, BpfAttachType.Sample, BpfLinkType.Unspec))
{
    private readonly List<Client> _clients = [];
    private KSpinLock _lock = new(LockRank.DriverLeaf);

    /// <summary>Called when a link attaches. Its attach data are in its characteristics; its dispatch runs its program.</summary>
    public override NtStatus AttachClient(KeThread current, NmrBinding binding)
    {
        if (binding.Client.Characteristics is not AttachClientData data || binding.ClientDispatch is not IHookDispatch dispatch)
        {
            return NtStatus.InvalidParameter;
        }

        Client client = new(data.Data, dispatch, new ExRundown(current.Machine));
        using SpinLockScope scope = _lock.Acquire(current);
        if (_clients.Exists(c => c.Parameter.Span.SequenceEqual(client.Parameter.Span)))
        {
            return NtStatus.InvalidParameter;
        }

        _clients.Add(client);
        binding.ProviderContext = client;
        return NtStatus.Success;
    }

    /// <summary>A link detaches: it can no longer be found, and this waits until its program is no longer running.</summary>
    public override NtStatus Detach(KeThread current, NmrBinding binding)
    {
        var client = (Client)binding.ProviderContext!;
        using (_lock.Acquire(current))
        {
            _clients.Remove(client);
        }

        client.Rundown.WaitForRelease(current);
        return NtStatus.Success;
    }

    /// <summary>The program of a parameter, the first one for an empty parameter; the caller releases its rundown. Null if there is none.</summary>
    public Client? Acquire(KeThread current, ReadOnlySpan<byte> parameter)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        foreach (Client client in _clients)
        {
            if ((parameter.IsEmpty || client.Parameter.Span.SequenceEqual(parameter)) && client.Rundown.TryAcquire())
            {
                return client;
            }
        }

        return null;
    }

    /// <summary>An attached link.</summary>
    internal sealed record Client(ReadOnlyMemory<byte> Parameter, IHookDispatch Dispatch, ExRundown Rundown);
}
