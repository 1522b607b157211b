using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Tracing;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
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
}

/// <summary><c>bpf_map_lookup_elem</c> and <c>bpf_map_lookup_and_delete_elem</c>.</summary>
internal readonly struct LookupElementCall(int fd, ulong key, ulong value, bool delete) : ILibraryCall
{
    private const string KeySite = "library:lookup_elem.key";
    private const string ValueSite = "library:lookup_elem.value";

    /// <summary>Upstream allocates a reply of any size; an allocation of this size fails.</summary>
    private const uint LargestReply = 0x4000_0000;

    /// <inheritdoc/>
    public int Descriptor => fd;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 1;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (call.Traits.ClearsValueFirst)
        {
            call.Memory.Access(value, 1, MemoryAccess.Write, ValueSite)[0] = 0;
        }

        if (!call.TryResolveMap(fd, out NtHandle map, out MapShape? shape))
        {
            return call.Refused;
        }

        BatchTrace.Buffer(call, "value", value);
        if (!call.RequireKeyPresence(key, shape)
            || !call.RequireLayout(shape)
            || !call.RequireMessageLength(MapFindElementRequest.TailOffset, shape.KeySize)
            || (call.Traits.ChecksBuffers && !call.RequireValueFits(shape))
            || !call.RequireBuffer(MemoryAccess.Read, CheckTable.ApiLookupKeySize, "key", key, shape.KeySize == 0 ? 0u : 1, shape.KeySize, "key_size")
            || !call.RequireBuffer(MemoryAccess.Write, CheckTable.ApiLookupValueSize, "value", value, 1, shape.Layout.Total, shape.Formula))
        {
            return call.Refused;
        }

        if (shape.Layout.Total > LargestReply)
        {
            return EbpfResult.NoMemory;
        }

        Span<byte> tail = MapMessages.BeginFind(call.Channel, map, delete, (int)shape.KeySize);
        if (shape.KeySize > 0)
        {
            FewBytes.Copy(call.Memory.Access(key, shape.KeySize, MemoryAccess.Read, KeySite), tail);
            call.Copies.Copy(
                CopyStage.Marshal, 0, key, call.Channel.RequestAddress + MapFindElementRequest.TailOffset, shape.KeySize);
        }

        EbpfResult result = MapMessages.SendFind(call.Channel, (int)shape.Layout.Total, out ReadOnlySpan<byte> found);
        if (result == EbpfResult.Success)
        {
            FewBytes.Copy(found[..(int)shape.Layout.Total], call.Memory.Access(value, shape.Layout.Total, MemoryAccess.Write, ValueSite));
            call.Copies.Copy(
                CopyStage.Unmarshal, 0, call.Channel.ReplyAddress + MapFindElementReply.TailOffset, value, shape.Layout.Total);
            call.Done = 1;
        }

        return result;
    }
}
