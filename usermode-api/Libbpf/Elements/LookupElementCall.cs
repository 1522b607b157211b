using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Tracing;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

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
            || !call.RequireBuffer(MemoryAccess.Write, CheckTable.ApiLookupValueSize, "value", value, 1, shape.Layout.Total, shape.Layout.Formula))
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
            call.Memory.Access(key, shape.KeySize, MemoryAccess.Read, KeySite).CopyTo(tail);
            call.Copies.Copy(
                CopyStage.Marshal, 0, key, call.Channel.RequestAddress + MapFindElementRequest.TailOffset, shape.KeySize);
        }

        EbpfResult result = MapMessages.SendFind(call.Channel, (int)shape.Layout.Total, out ReadOnlySpan<byte> found);
        if (result == EbpfResult.Success)
        {
            found[..(int)shape.Layout.Total].CopyTo(call.Memory.Access(value, shape.Layout.Total, MemoryAccess.Write, ValueSite));
            call.Copies.Copy(
                CopyStage.Unmarshal, 0, call.Channel.ReplyAddress + MapFindElementReply.TailOffset, value, shape.Layout.Total);
            call.Done = 1;
        }

        return result;
    }
}
