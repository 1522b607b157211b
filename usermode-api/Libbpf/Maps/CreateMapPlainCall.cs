using KernelSim.Protocol;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

/// <summary><c>bpf_create_map</c> and <c>bpf_create_map_in_map</c>: map creation with options as arguments.</summary>
internal readonly struct CreateMapPlainCall(
    BpfMapType type, ulong name, uint keySize, uint valueSize, uint maxEntries, MapCreateOptions options) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => -1;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        EbpfMapDefinition definition = new() { Type = type, KeySize = keySize, ValueSize = valueSize, MaxEntries = maxEntries };
        return CreateMapCall.Create(call, definition, name, options);
    }
}
