using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// The client that binds one custom map to its provider. The provider cannot be deregistered before the map has been freed.
/// </summary>
internal sealed class CustomMapClient(Guid moduleId, BpfMapType type, MapClientData data) : NmrClient(EbpfNpi.Map, moduleId, data)
{
    private const int Alive = 0;
    private const int ProviderWaits = 1;
    private const int Ended = 2;

    private NmrBinding? _binding;
    private int _state;

    /// <summary>The provider's data; null while there is no provider.</summary>
    public MapProviderData? Provider { get; private set; }

    /// <inheritdoc/>
    public override NtStatus AttachProvider(KeThread current, NmrBinding binding)
    {
        if (binding.Provider.Characteristics is not MapProviderData provider || !IsValid(provider))
        {
            return NtStatus.InvalidParameter;
        }

        if (provider.MapType != type || CustomStoreTable.Find(provider.BaseMapType) is null)
        {
            return NtStatus.NotSupported;
        }

        // The first of two providers of one type serves the map.
        if (Provider is not null)
        {
            return NtStatus.InvalidDeviceState;
        }

        _binding = binding;
        NtStatus status = binding.Attach(current, this, clientDispatch: null);
        Provider = status.IsSuccess ? provider : null;
        return status;
    }

    /// <inheritdoc/>
    public override NtStatus Detach(KeThread current, NmrBinding binding) =>
        Interlocked.CompareExchange(ref _state, ProviderWaits, Alive) == Alive ? NtStatus.Pending : NtStatus.Success;

    /// <summary>Ends the binding: the map no longer exists. At PASSIVE_LEVEL.</summary>
    public void End(KeThread current)
    {
        if (Interlocked.Exchange(ref _state, Ended) == ProviderWaits)
        {
            _binding!.CompleteClientDetach();
        }

        // If this stays pending, it is the provider that has yet to complete.
        _ = current.Machine.Nmr.Deregister(current, this);
    }

    private static bool IsValid(MapProviderData provider) =>
        provider.Header.Version == ExtensionHeaders.MapProviderData.Version
        && provider.Header.Size == ExtensionHeaders.MapProviderData.Size
        && provider.IsComplete
        && (provider.Dispatch.PreprocessDeleteElement is null || provider.Dispatch.PostprocessDeleteElement is null);
}
