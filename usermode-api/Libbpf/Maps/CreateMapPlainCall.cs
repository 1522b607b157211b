using KernelSim.Protocol;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Creates a map without a name; superseded by <see cref="bpf_map_create(BpfMapType, ulong, uint, uint, uint, ulong)"/>.</summary>
    /// <param name="map_type">The map type.</param>
    /// <param name="key_size">Key size in bytes.</param>
    /// <param name="value_size">Size of one CPU's value in bytes.</param>
    /// <param name="max_entries">Maximum number of entries.</param>
    /// <param name="map_flags">Must be 0.</param>
    /// <returns>See <see cref="bpf_map_create(BpfMapType, ulong, uint, uint, uint, ulong)"/>.</returns>
    public int bpf_create_map(BpfMapType map_type, int key_size, int value_size, int max_entries, uint map_flags) =>
        Call(new CreateMapPlainCall(
            map_type, 0, (uint)key_size, (uint)value_size, (uint)max_entries, new MapCreateOptions(map_flags, InnerMapFd: 0)));

    /// <summary>Creates a map of maps; the older way. Its values have 4 bytes.</summary>
    /// <param name="map_type">The map type.</param>
    /// <param name="name">Address of a zero-terminated name of at most 63 bytes, or NULL.</param>
    /// <param name="key_size">Key size in bytes.</param>
    /// <param name="inner_map_fd">Descriptor of the template: a map like those that it will hold. 0 and invalid descriptors mean none.</param>
    /// <param name="max_entries">Maximum number of entries.</param>
    /// <param name="map_flags">Must be 0.</param>
    /// <returns>
    /// See <see cref="bpf_map_create(BpfMapType, ulong, uint, uint, uint, ulong)"/>; -EBADF without a template, -EINVAL for one that is not a map.
    /// </returns>
    public int bpf_create_map_in_map(BpfMapType map_type, ulong name, int key_size, int inner_map_fd, int max_entries, uint map_flags) =>
        Call(new CreateMapPlainCall(
            map_type, name, (uint)key_size, MapTypeTable.ObjectValueBytes, (uint)max_entries, new MapCreateOptions(map_flags, inner_map_fd)));

    /// <summary>Same as <see cref="bpf_create_map_in_map(BpfMapType, ulong, int, int, int, uint)"/>, with the name as a .NET string.</summary>
    /// <param name="map_type">The map type.</param>
    /// <param name="name">The name, or null.</param>
    /// <param name="key_size">Key size in bytes.</param>
    /// <param name="inner_map_fd">Descriptor of the template.</param>
    /// <param name="max_entries">Maximum number of entries.</param>
    /// <param name="map_flags">Must be 0.</param>
    /// <returns>The same results as the other overload.</returns>
    public int bpf_create_map_in_map(BpfMapType map_type, string? name, int key_size, int inner_map_fd, int max_entries, uint map_flags = 0) =>
        WithString(name, address => bpf_create_map_in_map(map_type, address, key_size, inner_map_fd, max_entries, map_flags));
}

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
