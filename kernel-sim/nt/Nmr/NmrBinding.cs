using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Nt.Nmr;

/// <summary>
/// One client attached to one provider, with the contexts and dispatch tables of both. It exists from a successful <see cref="Attach"/> until both
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

    /// <summary>The attached client.</summary>
    public NmrClient Client { get; }

    /// <summary>The provider that it is attached to.</summary>
    public NmrProvider Provider { get; }

    /// <summary>The client's own context for this binding: set by <see cref="Attach"/>.</summary>
    public object? ClientContext { get; private set; }

    /// <summary>The client's dispatch table, which the provider may call.</summary>
    public object? ClientDispatch { get; private set; }

    /// <summary>The provider's own context for this binding; the provider sets it while it attaches.</summary>
    public object? ProviderContext { get; set; }

    /// <summary>The provider's dispatch table, which the client may call; the provider sets it while it attaches.</summary>
    public object? ProviderDispatch { get; set; }

    /// <summary>Attaches, <c>NmrClientAttachProvider</c>: from within <see cref="NmrClient.AttachProvider"/> only.</summary>
    /// <param name="current">The calling thread, in the callback.</param>
    /// <param name="clientContext">The client's own context for the binding.</param>
    /// <param name="clientDispatch">The dispatch table that the provider may call.</param>
    /// <returns>The status that the provider's callback returned.</returns>
    public NtStatus Attach(KeThread current, object? clientContext, object? clientDispatch)
    {
        ClientContext = clientContext;
        ClientDispatch = clientDispatch;
        return Provider.AttachClient(current, this);
    }

    /// <summary>
    /// Completes a client's <see cref="NmrModule.Detach"/> that returned pending: <c>NmrClientDetachProviderComplete</c>.
    /// </summary>
    public void CompleteClientDetach() => CompleteSide();

    /// <summary>
    /// Completes a provider's <see cref="NmrModule.Detach"/> that returned pending: <c>NmrProviderDetachClientComplete</c>.
    /// </summary>
    public void CompleteProviderDetach() => CompleteSide();

    /// <summary>Detaches both sides, once, whichever side starts it. The provider is told first, so that it stops calling the client.</summary>
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
