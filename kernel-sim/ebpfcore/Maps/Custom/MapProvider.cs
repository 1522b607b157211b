using KernelSim.EbpfCore.Maps;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// A provider of a map type, to be registered with the machine's network module registrar. While maps of its type exist, its
/// deregistration stays pending.
/// </summary>
/// <param name="moduleId">Module id of the extension.</param>
/// <param name="data">The map type and its callbacks.</param>
public sealed class MapProvider(Guid moduleId, MapProviderData data) : NmrProvider(EbpfNpi.Map, moduleId, data)
{
    private const string Site = "ebpfcore:map_provider";

    /// <summary>
    /// Called when a map attaches, before it is created, with what the driver offers to providers: <c>NPI_PROVIDER_ATTACH_CLIENT_FN</c>. At
    /// PASSIVE_LEVEL.
    /// </summary>
    public Action<KeThread, MapClientData>? ClientAttached { get; init; }

    /// <summary>Whether the driver can have maps of such a provider: the checks <c>map.custom.dispatch</c>, <c>.type</c> and <c>.base</c>.</summary>
    public override NtStatus Validate(KeThread current)
    {
        ArgumentNullException.ThrowIfNull(current);
        var data = (MapProviderData?)Characteristics;
        bool isComplete = data?.IsComplete == true;
        if (!current.Require(isComplete, CheckTable.MapCustomDispatch, Site, isComplete ? 1 : 0, 1))
        {
            return current.Refused;
        }

        bool isCustom = MapTypeTable.Find(data!.MapType) is { IsCustom: true };
        if (!current.Require(isCustom, CheckTable.MapCustomType, Site, (uint)data.MapType, MapTypeTable.LastExtensionType))
        {
            return current.Refused;
        }

        bool hasStore = CustomStoreTable.Find(data.BaseMapType) is not null;
        if (!current.Require(hasStore, CheckTable.MapCustomBase, Site, (uint)data.BaseMapType, (uint)BpfMapType.Hash))
        {
            return current.Refused;
        }

        return NtStatus.Success;
    }

    /// <inheritdoc/>
    public override NtStatus AttachClient(KeThread current, NmrBinding binding)
    {
        ArgumentNullException.ThrowIfNull(binding);
        if (binding.Client.Characteristics is MapClientData data)
        {
            ClientAttached?.Invoke(current, data);
        }

        return NtStatus.Success;
    }

    /// <inheritdoc/>
    public override NtStatus Detach(KeThread current, NmrBinding binding) => NtStatus.Success;
}
