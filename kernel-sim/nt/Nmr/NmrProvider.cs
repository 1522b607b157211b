using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Nt.Nmr;

/// <summary>The side that serves: <c>NPI_PROVIDER_CHARACTERISTICS</c>.</summary>
public abstract class NmrProvider : NmrModule
{
    /// <summary>Describes a provider.</summary>
    protected NmrProvider(Guid npiId, Guid moduleId, object? characteristics = null)
        : base(npiId, moduleId, characteristics)
    {
    }

    /// <summary>
    /// A client wants to be served, <c>NPI_PROVIDER_ATTACH_CLIENT_FN</c>. On success the provider has set
    /// <see cref="NmrBinding.ProviderContext"/> and <see cref="NmrBinding.ProviderDispatch"/> as far as it has them.
    /// </summary>
    public abstract NtStatus AttachClient(KeThread current, NmrBinding binding);
}
