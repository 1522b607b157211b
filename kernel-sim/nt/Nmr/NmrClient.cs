using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Nt.Nmr;

/// <summary>The side of an interface that uses a provider: <c>NPI_CLIENT_CHARACTERISTICS</c>.</summary>
public abstract class NmrClient : NmrModule
{
    /// <summary>Creates a client that can be registered.</summary>
    protected NmrClient(Guid npiId, Guid moduleId, object? characteristics = null)
        : base(npiId, moduleId, characteristics)
    {
    }

    /// <summary>
    /// Called for each provider of the interface, <c>NPI_CLIENT_ATTACH_PROVIDER_FN</c>. A client that accepts it calls
    /// <see cref="NmrBinding.Attach"/> and returns its status; one that does not returns <see cref="NtStatus.NotFound"/>.
    /// </summary>
    public abstract NtStatus AttachProvider(KeThread current, NmrBinding binding);
}
