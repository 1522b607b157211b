using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// A provider of a map type, ready to be registered with the machine's network module registrar. While maps of its type exist, taking it
/// out stays pending.
/// </summary>
/// <param name="moduleId">The extension's id.</param>
/// <param name="data">The map type.</param>
public sealed class MapProvider(Guid moduleId, MapProviderData data) : NmrProvider(EbpfNpi.Map, moduleId, data)
{
    /// <inheritdoc/>
    public override NtStatus AttachClient(KeThread current, NmrBinding binding) => NtStatus.Success;

    /// <inheritdoc/>
    public override NtStatus Detach(KeThread current, NmrBinding binding) => NtStatus.Success;
}
