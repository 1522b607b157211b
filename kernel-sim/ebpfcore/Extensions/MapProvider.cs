using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// A provider of a map type, to be registered with the machine's network module registrar. While maps of its type exist, its
/// deregistration stays pending.
/// </summary>
/// <param name="moduleId">Module id of the extension.</param>
/// <param name="data">The map type and its callbacks.</param>
public sealed class MapProvider(Guid moduleId, MapProviderData data) : NmrProvider(EbpfNpi.Map, moduleId, data)
{
    /// <inheritdoc/>
    public override NtStatus AttachClient(KeThread current, NmrBinding binding) => NtStatus.Success;

    /// <inheritdoc/>
    public override NtStatus Detach(KeThread current, NmrBinding binding) => NtStatus.Success;
}
