using System.Runtime.InteropServices;
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
}

/// <summary><c>bpf_map_update_elem</c>.</summary>
internal readonly struct UpdateElementCall(int fd, ulong key, ulong value, ulong flags) : ILibraryCall
{
    private const string KeySite = "library:update_elem.key";
    private const string ValueSite = "library:update_elem.value";

    /// <inheritdoc/>
    public int Descriptor => fd;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 1;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.RequireUpdateFlags(flags) || !call.TryResolveMap(fd, out NtHandle map, out MapShape? shape))
        {
            return call.Refused;
        }

        BatchTrace.Buffer(call, "value", value);
        if (!call.RequireKeyPresence(key, shape) || !call.RequireLayout(shape))
        {
            return call.Refused;
        }

        return call.CountOne(shape.Type.HoldsObjects() ? PutObject(call, map, shape) : PutValue(call, map, shape));
    }

    private EbpfResult PutObject(ApiCall call, NtHandle map, MapShape shape)
    {
        if (!call.RequireMessageLength(MapUpdateElementWithHandleRequest.TailOffset, shape.KeySize)
            || !call.RequireBuffer(MemoryAccess.Read, CheckTable.ApiUpdateKeySize, "key", key, 1, shape.KeySize, "key_size")
            || !call.RequireBuffer(MemoryAccess.Read, CheckTable.ApiUpdateValueSize, "value", value, 1, sizeof(int), "a descriptor"))
        {
            return call.Refused;
        }

        int descriptor = MemoryMarshal.Read<int>(call.Memory.Access(value, sizeof(int), MemoryAccess.Read, ValueSite));
        return ObjectValue.Put(call, map, descriptor, (EbpfMapOption)flags, key, shape.KeySize, KeySite);
    }

    private EbpfResult PutValue(ApiCall call, NtHandle map, MapShape shape)
    {
        uint valueSize = shape.Layout.Total;
        if (!call.RequireMessageLength(MapUpdateElementRequest.TailOffset, (ulong)shape.KeySize + valueSize)
            || !call.RequireBuffer(MemoryAccess.Read, CheckTable.ApiUpdateKeySize, "key", key, shape.KeySize == 0 ? 0u : 1, shape.KeySize, "key_size")
            || !call.RequireBuffer(MemoryAccess.Read, CheckTable.ApiUpdateValueSize, "value", value, 1, valueSize, shape.Formula))
        {
            return call.Refused;
        }

        Span<byte> tail = MapMessages.BeginUpdate(call.Channel, map, (EbpfMapOption)flags, (int)(shape.KeySize + valueSize));
        ulong tailAddress = call.Channel.RequestAddress + MapUpdateElementRequest.TailOffset;
        if (shape.KeySize > 0)
        {
            FewBytes.Copy(call.Memory.Access(key, shape.KeySize, MemoryAccess.Read, KeySite), tail);
            call.Copies.Copy(CopyStage.Marshal, 0, key, tailAddress, shape.KeySize);
        }

        FewBytes.Copy(call.Memory.Access(value, valueSize, MemoryAccess.Read, ValueSite), tail[(int)shape.KeySize..]);
        call.Copies.Copy(CopyStage.Marshal, 0, value, tailAddress + shape.KeySize, valueSize);
        return call.Channel.Send();
    }
}
