using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Nt.Nmr;

/// <summary>
/// One client attached to one provider: what each has given the other. It stands from a successful <see cref="Attach"/> until both
/// sides have detached.
/// </summary>
public sealed class NmrBinding
{
    private readonly NetworkModuleRegistrar _registrar;
    private int _sidesLeft = 2;
    private int _detaching;

    internal NmrBinding(NetworkModuleRegistrar registrar, NmrClient client, NmrProvider provider)
    {
        _registrar = registrar;
        Client = client;
        Provider = provider;
    }

    /// <summary>The client.</summary>
    public NmrClient Client { get; }

    /// <summary>The provider.</summary>
    public NmrProvider Provider { get; }

    /// <summary>What the client remembers of this binding: set by <see cref="Attach"/>.</summary>
    public object? ClientContext { get; private set; }

    /// <summary>What the provider may call, as the client gave it.</summary>
    public object? ClientDispatch { get; private set; }

    /// <summary>What the provider remembers of this binding; the provider sets it while it attaches.</summary>
    public object? ProviderContext { get; set; }

    /// <summary>What the client may call; the provider sets it while it attaches.</summary>
    public object? ProviderDispatch { get; set; }

    /// <summary>Attaches, <c>NmrClientAttachProvider</c>: from within <see cref="NmrClient.AttachProvider"/> only.</summary>
    /// <param name="current">The thread.</param>
    /// <param name="clientContext">What the client remembers.</param>
    /// <param name="clientDispatch">What the provider may call.</param>
    /// <returns>What the provider answered.</returns>
    public NtStatus Attach(KeThread current, object? clientContext, object? clientDispatch)
    {
        ClientContext = clientContext;
        ClientDispatch = clientDispatch;
        return Provider.AttachClient(current, this);
    }

    /// <summary>
    /// The client answered its <see cref="NmrModule.Detach"/> with pending and is done now: <c>NmrClientDetachProviderComplete</c>.
    /// </summary>
    public void CompleteClientDetach() => CompleteSide();

    /// <summary>
    /// The provider answered its <see cref="NmrModule.Detach"/> with pending and is done now: <c>NmrProviderDetachClientComplete</c>.
    /// </summary>
    public void CompleteProviderDetach() => CompleteSide();

    /// <summary>Detaches both sides, once, whichever side goes first. The provider is told first, so that it stops calling the client.</summary>
    internal void Detach(KeThread current)
    {
        if (Interlocked.Exchange(ref _detaching, 1) != 0)
        {
            return;
        }

        Ask(current, Provider);
        Ask(current, Client);
    }

    private void Ask(KeThread current, NmrModule side)
    {
        if (side.Detach(current, this) != NtStatus.Pending)
        {
            CompleteSide();
        }
    }

    private void CompleteSide()
    {
        int left = Interlocked.Decrement(ref _sidesLeft);
        if (left == 0)
        {
            Client.CleanUp(this);
            Provider.CleanUp(this);
            _registrar.Remove(this);
        }
        else if (left < 0)
        {
            _registrar.Machine.BugCheck(BugcheckCode.KernelSecurityCheckFailure);
        }
    }
}
