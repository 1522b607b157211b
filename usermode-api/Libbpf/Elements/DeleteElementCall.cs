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
    /// <summary>Deletes one element; an element of an array is set to zeros.</summary>
    /// <param name="fd">Descriptor of the map.</param>
    /// <param name="key">Address of a key of key_size bytes.</param>
    /// <returns>0; -EBADF; -EINVAL for a map without keys, a buffer too short or an index out of range; -ENOENT.</returns>
    public int bpf_map_delete_elem(int fd, ulong key) => Call(new DeleteElementCall(fd, key));
}

/// <summary><c>bpf_map_delete_elem</c>.</summary>
internal readonly struct DeleteElementCall(int fd, ulong key) : ILibraryCall
{
    private const string KeySite = "library:delete_elem.key";

    /// <inheritdoc/>
    public int Descriptor => fd;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 1;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.TryResolveMap(fd, out NtHandle map, out MapShape? shape)
            || !call.Require(shape.KeySize != 0, CheckTable.ApiDeleteNoKeys, "key_size", shape.KeySize, 1)
            || !call.RequireMessageLength(MapDeleteElementRequest.TailOffset, shape.KeySize)
            || !call.RequireBuffer(MemoryAccess.Read, CheckTable.ApiDeleteKeySize, "key", key, 1, shape.KeySize, "key_size"))
        {
            return call.Refused;
        }

        ReadOnlySpan<byte> bytes = call.Memory.Access(key, shape.KeySize, MemoryAccess.Read, KeySite);
        call.Copies.Copy(
            CopyStage.Marshal, 0, key, call.Channel.RequestAddress + MapDeleteElementRequest.TailOffset, shape.KeySize);
        return call.CountOne(MapMessages.Delete(call.Channel, map, bytes));
    }
}
