using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;

namespace SampleNamespace;

/// <summary>Provides the hook: the place to which one login program at a time can be attached.</summary>
internal sealed class LoginHook() : NmrProvider(
    EbpfNpi.Hook, new Guid(AttachType), new AttachProviderData(LoginProgramType.Id, BpfAttachType.Unspec, BpfLinkType.Unspec))
{
    /// <summary>The hook's GUID, made for this project; the attribute of its programs names it.</summary>
    public const string AttachType = "5a1a3d0c-3c46-4f4b-8b0e-6a2f9d1c7e02";

    private KSpinLock _lock = new(LockRank.DriverLeaf);
    private Attached? _attached;

    /// <summary>Called when a link attaches its program.</summary>
    public override NtStatus AttachClient(KeThread current, NmrBinding binding)
    {
        if (binding.ClientDispatch is not IHookDispatch dispatch)
        {
            return NtStatus.InvalidParameter;
        }

        using SpinLockScope scope = _lock.Acquire(current);
        if (_attached is not null)
        {
            return NtStatus.InvalidParameter;
        }

        binding.ProviderContext = _attached = new Attached(dispatch, new ExRundown(current.Machine));
        return NtStatus.Success;
    }

    /// <summary>The link detaches: its program can no longer be found, and this waits until it no longer runs.</summary>
    public override NtStatus Detach(KeThread current, NmrBinding binding)
    {
        using (_lock.Acquire(current))
        {
            _attached = null;
        }

        ((Attached)binding.ProviderContext!).Rundown.WaitForRelease(current);
        return NtStatus.Success;
    }

    /// <summary>The attached program, protected until its rundown is released; null if there is none.</summary>
    public Attached? Acquire(KeThread current)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        return _attached is { } attached && attached.Rundown.TryAcquire() ? attached : null;
    }

    /// <summary>An attached program, and what keeps it attached while it runs.</summary>
    internal sealed record Attached(IHookDispatch Program, ExRundown Rundown);
}
