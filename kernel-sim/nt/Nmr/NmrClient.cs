using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Nt.Nmr;

/// <summary>The side that asks to be served: <c>NPI_CLIENT_CHARACTERISTICS</c>.</summary>
public abstract class NmrClient : NmrModule
{
    /// <summary>Describes a client.</summary>
    protected NmrClient(Guid npiId, Guid moduleId, object? characteristics = null)
        : base(npiId, moduleId, characteristics)
    {
    }

    /// <summary>
    /// A provider of the interface is there, <c>NPI_CLIENT_ATTACH_PROVIDER_FN</c>. A client that wants it calls
    /// <see cref="NmrBinding.Attach"/> and returns what that returned; one that does not returns <see cref="NtStatus.NotFound"/>.
    /// </summary>
    public abstract NtStatus AttachProvider(KeThread current, NmrBinding binding);
}
