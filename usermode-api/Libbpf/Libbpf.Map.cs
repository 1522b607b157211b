using System.Text;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.UserMode;

// Maps and their single elements: upstream's libbpf_map.cpp.
public sealed partial class Libbpf
{
    /// <summary>Creates a map.</summary>
    /// <param name="map_type">The map type.</param>
    /// <param name="map_name">Address of a zero-terminated name of at most 63 bytes, or NULL.</param>
    /// <param name="key_size">Key size in bytes.</param>
    /// <param name="value_size">Size of one CPU's value in bytes, unscaled, for a per-CPU map too.</param>
    /// <param name="max_entries">Maximum number of entries; for the hash types of eBPF for Windows only a hint.</param>
    /// <param name="opts">Address of a <see cref="BpfMapCreateOpts"/>, or NULL.</param>
    /// <returns>
    /// A descriptor, to be closed with <see cref="close"/>; -EINVAL for sizes, options or a name that the type does not accept, -EPERM if
    /// the device cannot be opened, -ENOTSUP for a type that the driver does not have, -ENOMEM, -EOTHER if the value of a per-CPU
    /// map exceeds 32 bits or the name does not fit a message.
    /// </returns>
    public int bpf_map_create(BpfMapType map_type, ulong map_name, uint key_size, uint value_size, uint max_entries, ulong opts)
    {
        var definition = new EbpfMapDefinition { Type = map_type, KeySize = key_size, ValueSize = value_size, MaxEntries = max_entries };
        return Call(new CreateMapCall(definition, map_name, opts));
    }

    /// <summary>Same as <see cref="bpf_map_create(BpfMapType, ulong, uint, uint, uint, ulong)"/>, with the name as a .NET string.</summary>
    /// <param name="map_type">The map type.</param>
    /// <param name="map_name">The name, or null.</param>
    /// <param name="key_size">Key size in bytes.</param>
    /// <param name="value_size">Size of one CPU's value in bytes.</param>
    /// <param name="max_entries">Maximum number of entries.</param>
    /// <param name="opts">Address of a <see cref="BpfMapCreateOpts"/>, or NULL.</param>
    /// <returns>The same results as the other overload.</returns>
    public int bpf_map_create(BpfMapType map_type, string? map_name, uint key_size, uint value_size, uint max_entries, ulong opts = 0) =>
        WithString(map_name, name => bpf_map_create(map_type, name, key_size, value_size, max_entries, opts));

    /// <summary>Creates a map without a name; superseded by <see cref="bpf_map_create(BpfMapType, ulong, uint, uint, uint, ulong)"/>.</summary>
    /// <param name="map_type">The map type.</param>
    /// <param name="key_size">Key size in bytes.</param>
    /// <param name="value_size">Size of one CPU's value in bytes.</param>
    /// <param name="max_entries">Most entries.</param>
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
    /// <param name="max_entries">Most entries.</param>
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
    /// <param name="max_entries">Most entries.</param>
    /// <param name="map_flags">Must be 0.</param>
    /// <returns>The same results as the other overload.</returns>
    public int bpf_create_map_in_map(BpfMapType map_type, string? name, int key_size, int inner_map_fd, int max_entries, uint map_flags = 0) =>
        WithString(name, address => bpf_create_map_in_map(map_type, address, key_size, inner_map_fd, max_entries, map_flags));

    /// <summary>Creates a map; the older way, with everything in one structure.</summary>
    /// <param name="create_attr">Address of a <see cref="BpfCreateMapAttr"/>. Upstream dereferences NULL.</param>
    /// <returns>
    /// See <see cref="bpf_map_create(BpfMapType, ulong, uint, uint, uint, ulong)"/>; -EINVAL for a structure that cannot be read to its end.
    /// </returns>
    public int bpf_create_map_xattr(ulong create_attr) => Call(new CreateMapAttrCall(create_attr));

    /// <summary>Reads one element.</summary>
    /// <param name="fd">Descriptor of the map.</param>
    /// <param name="key">Address of a key of key_size bytes; NULL for a queue or stack, to read its next element.</param>
    /// <param name="value">
    /// Address of room for the whole value: value_size bytes, or for a per-CPU map pad8(value_size) x
    /// <see cref="libbpf_num_possible_cpus"/>, CPU 0's slot first. Upstream writes a 0 to its first byte before it checks anything.
    /// </param>
    /// <returns>0; -EBADF, -EINVAL for a descriptor that is not a map's, a missing key or a buffer that is too short; -ENOENT.</returns>
    public int bpf_map_lookup_elem(int fd, ulong key, ulong value) => Call(new LookupElementCall(fd, key, value, delete: false));

    /// <summary>Reads one element and deletes it. Arrays do not support it: -EINVAL.</summary>
    /// <param name="fd">Descriptor of the map.</param>
    /// <param name="key">See <see cref="bpf_map_lookup_elem"/>.</param>
    /// <param name="value">See <see cref="bpf_map_lookup_elem"/>.</param>
    /// <returns>See <see cref="bpf_map_lookup_elem"/>.</returns>
    public int bpf_map_lookup_and_delete_elem(int fd, ulong key, ulong value) => Call(new LookupElementCall(fd, key, value, delete: true));

    /// <summary>Stores one element.</summary>
    /// <param name="fd">Descriptor of the map.</param>
    /// <param name="key">Address of a key of key_size bytes; NULL for a queue or stack.</param>
    /// <param name="value">
    /// Address of the whole value: value_size bytes, or for a per-CPU map pad8(value_size) x <see cref="libbpf_num_possible_cpus"/>. For a
    /// map of maps or a program array a 4-byte descriptor, -1 for none.
    /// </param>
    /// <param name="flags">An <see cref="EbpfMapOption"/>: BPF_ANY 0, BPF_NOEXIST 1, BPF_EXIST 2.</param>
    /// <returns>
    /// 0; -EINVAL for flags, a missing key, a buffer too short, or an index out of range; -EBADF; -EEXIST with BPF_NOEXIST; -ENOENT with
    /// BPF_EXIST; -EOTHER when 20 + key + value exceeds 65535 bytes.
    /// </returns>
    public int bpf_map_update_elem(int fd, ulong key, ulong value, ulong flags) => Call(new UpdateElementCall(fd, key, value, flags));

    /// <summary>Deletes one element; an element of an array is set to zeros.</summary>
    /// <param name="fd">Descriptor of the map.</param>
    /// <param name="key">Address of a key of key_size bytes.</param>
    /// <returns>0; -EBADF; -EINVAL for a map without keys, a buffer too short or an index out of range; -ENOENT.</returns>
    public int bpf_map_delete_elem(int fd, ulong key) => Call(new DeleteElementCall(fd, key));

    /// <summary>Finds the key after another, in an unspecified order.</summary>
    /// <param name="fd">Descriptor of the map.</param>
    /// <param name="key">Address of a key, or NULL for the first. A key that does not exist counts as NULL.</param>
    /// <param name="next_key">Address of room for key_size bytes.</param>
    /// <returns>0; -ENOENT after the last key; -EBADF; -EINVAL for a NULL next_key; -ENOTSUP for a map without keys.</returns>
    public int bpf_map_get_next_key(int fd, ulong key, ulong next_key) => Call(new NextKeyCall(fd, key, next_key));

    /// <summary>Opens a map by its id.</summary>
    /// <param name="id">Id of the object.</param>
    /// <returns>A new descriptor; -ENOENT.</returns>
    public int bpf_map_get_fd_by_id(uint id) => Call(new OpenByIdCall(EbpfOperationId.GetMapHandleById, id));

    /// <summary>Finds the smallest id of a map above another.</summary>
    /// <param name="start_id">Where to start; need not be an id. 0 for the first.</param>
    /// <param name="next_id">Address of room for the id, 4 bytes.</param>
    /// <returns>0; -ENOENT after the last.</returns>
    public int bpf_map_get_next_id(uint start_id, ulong next_id) => Call(new NextIdCall(EbpfOperationId.GetNextMapId, start_id, next_id));

    /// <summary>The name of a map type, as bpftool prints it; null if the number is not a valid type.</summary>
    /// <param name="t">The type to look up.</param>
    public static string? libbpf_bpf_map_type_str(BpfMapType t) => BpfMapTypeNames.NameOf(t);

    /// <summary>Copies a .NET string to the process's heap for the duration of a call.</summary>
    private int WithString(string? text, Func<ulong, int> call)
    {
        if (text is null || !Gate.BeginCall(out ulong requestId))
        {
            return call(0);
        }

        try
        {
            ulong address = Copy(text);
            int result = call(address);
            Gate.Memory.Free(address);
            return result;
        }
        finally
        {
            Gate.EndCall(requestId);
        }
    }

    /// <summary>Allocates a heap block with a zero-terminated string; 0 if the process has ended.</summary>
    private ulong Copy(string text)
    {
        try
        {
            uint length = (uint)Encoding.UTF8.GetByteCount(text) + 1;
            ulong address = Gate.Memory.Allocate(length);
            Span<byte> bytes = Gate.Memory.Access(address, length, MemoryAccess.Write, "application:string");
            Encoding.UTF8.GetBytes(text, bytes);
            bytes[^1] = 0;
            return address;
        }
        catch (ProcessExitedException)
        {
            return 0;
        }
    }
}
