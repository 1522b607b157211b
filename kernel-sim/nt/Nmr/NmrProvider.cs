using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Nt.Nmr;

/// <summary>The side of an interface that serves clients: <c>NPI_PROVIDER_CHARACTERISTICS</c>.</summary>
public abstract class NmrProvider : NmrModule
{
    /// <summary>Creates a provider that can be registered.</summary>
    protected NmrProvider(Guid npiId, Guid moduleId, object? characteristics = null)
        : base(npiId, moduleId, characteristics)
    {
    }

    /// <summary>
    /// Called when a client attaches, <c>NPI_PROVIDER_ATTACH_CLIENT_FN</c>. On success the provider has set
    /// <see cref="NmrBinding.ProviderContext"/> and <see cref="NmrBinding.ProviderDispatch"/>, if it has any.
    /// </summary>
    public abstract NtStatus AttachClient(KeThread current, NmrBinding binding);
}
