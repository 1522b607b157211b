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
    /// <summary>Finds the key after another, in an unspecified order.</summary>
    /// <param name="fd">Descriptor of the map.</param>
    /// <param name="key">Address of a key, or NULL for the first. A key that does not exist counts as NULL.</param>
    /// <param name="next_key">Address of room for key_size bytes.</param>
    /// <returns>0; -ENOENT after the last key; -EBADF; -EINVAL for a NULL next_key; -ENOTSUP for a map without keys.</returns>
    public int bpf_map_get_next_key(int fd, ulong key, ulong next_key) => Call(new NextKeyCall(fd, key, next_key));
}

/// <summary><c>bpf_map_get_next_key</c>.</summary>
internal readonly struct NextKeyCall(int fd, ulong key, ulong nextKey) : ILibraryCall
{
    private const string KeySite = "library:get_next_key.key";
    private const string NextKeySite = "library:get_next_key.next_key";

    /// <inheritdoc/>
    public int Descriptor => fd;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 1;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.Require(nextKey != 0, CheckTable.ApiNextKeyNull, "next_key", nextKey == 0 ? 0 : 1, 1)
            || !call.TryResolveMap(fd, out NtHandle map, out MapShape? shape)
            || !call.Require(shape.KeySize != 0, CheckTable.ApiNextKeyNoKeys, "key_size", shape.KeySize, 1)
            || !call.RequireMessageLength(MapGetNextKeyRequest.TailOffset, shape.KeySize)
            || !call.RequireBuffer(MemoryAccess.Read, CheckTable.ApiNextKeyKeySize, "key", key, key == 0 ? 0u : 1, shape.KeySize, "key_size")
            || !call.RequireBuffer(MemoryAccess.Write, CheckTable.ApiNextKeyRoom, "next_key", nextKey, 1, shape.KeySize, "key_size"))
        {
            return call.Refused;
        }

        ReadOnlySpan<byte> previous = default;
        if (key != 0)
        {
            previous = call.Memory.Access(key, shape.KeySize, MemoryAccess.Read, KeySite);
            call.Copies.Copy(
                CopyStage.Marshal, 0, key, call.Channel.RequestAddress + MapGetNextKeyRequest.TailOffset, shape.KeySize);
        }

        EbpfResult result = MapMessages.GetNextKey(call.Channel, map, previous, (int)shape.KeySize, out ReadOnlySpan<byte> found);
        if (result == EbpfResult.Success)
        {
            FewBytes.Copy(found[..(int)shape.KeySize], call.Memory.Access(nextKey, shape.KeySize, MemoryAccess.Write, NextKeySite));
            call.Copies.Copy(
                CopyStage.Unmarshal, 0, call.Channel.ReplyAddress + MapGetNextKeyReply.TailOffset, nextKey, shape.KeySize);
            call.Done = 1;
        }
        else if (!call.Traits.ReadsOnlyReplies)
        {
            // The kernel returns no bytes with an error, so the reply is as empty as the library made it, and has no operation id.
            return EbpfResult.InvalidArgument;
        }

        return result;
    }
}
