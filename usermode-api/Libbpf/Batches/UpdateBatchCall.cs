using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

// If the library versions differ, the text describes Checked; "upstream" then stands for both others.
public sealed partial class Libbpf
{
    /// <summary>Stores many elements in a map.</summary>
    /// <param name="fd">Descriptor of the map: hash or array, per-CPU or not; a map of maps or a program array with descriptors as values.</param>
    /// <param name="keys">Address of *count keys of key_size bytes.</param>
    /// <param name="values">
    /// Address of *count whole values, one after the other. In a per-CPU map each takes
    /// <c>pad8(value_size) x libbpf_num_possible_cpus()</c> bytes: 12-byte values on 4 CPUs take pad8(12) x 4 = 64, so that 1,000 elements
    /// need 64,000 bytes; each element sets all CPUs' slots. For maps that hold objects, 4-byte descriptors, -1 for none.
    /// </param>
    /// <param name="count">
    /// Address of a 32-bit number: in, the number of elements; out, in Checked, the number stored, always written. Upstream never writes it.
    /// </param>
    /// <param name="opts">
    /// Address of a <see cref="BpfMapBatchOpts"/> with flags 0 and an <see cref="EbpfMapOption"/> in elem_flags. Checked accepts NULL for
    /// BPF_ANY; upstream reads address 16.
    /// </param>
    /// <returns>
    /// <para>0: all are stored.</para>
    /// <para>
    /// -EEXIST: BPF_NOEXIST, and the key at index *count already exists. -ENOENT: BPF_EXIST, and the key at index *count is missing. The
    /// elements before it stay stored, those after it are not; continue at *count or after it.
    /// </para>
    /// <para>
    /// -EINVAL: a *count of 0; opts.flags not 0 or elem_flags over 2; not a map; keys NULL; an index out of range, or BPF_NOEXIST, for an
    /// array; an element that does not fit a message (key_size + value over 65,515 bytes); in Checked, a buffer shorter than the formula.
    /// </para>
    /// <para>-EBADF: no such descriptor, also among the values of a map of maps. -ENOMEM: no memory for another element.</para>
    /// <para>-EPERM: the device cannot be opened. -ESRCH: the process has ended.</para>
    /// </returns>
    /// <remarks>
    /// <para>
    /// Per-CPU rule: a value of a per-CPU map has <c>EBPF_PAD_8(value_size) * libbpf_num_possible_cpus()</c> bytes: one slot for each possible
    /// CPU, CPU 0 first, each padded to 8 bytes.
    /// </para>
    /// <para>
    /// Elements are stored in order, floor(65,515 / (key_size + value)) per message; a call is not atomic. Upstream does not check the buffers, and
    /// included all CPUs here even before #3564 was fixed: if a program forgets the CPUs, its memory is read far past the end.
    /// </para>
    /// </remarks>
    public int bpf_map_update_batch(int fd, ulong keys, ulong values, ulong count, ulong opts) =>
        Batch(count, opts, new UpdateBatchCall(fd, keys, values));
}

/// <summary><c>bpf_map_update_batch</c>.</summary>
internal readonly struct UpdateBatchCall(int fd, ulong keys, ulong values) : IBatchCall
{
    /// <inheritdoc/>
    public int Descriptor => fd;

    /// <inheritdoc/>
    public BatchSites Sites => BatchSites.Update;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call, in BatchArguments arguments)
    {
        if (!arguments.RequireNoFlags(call))
        {
            return call.Refused;
        }

        ulong option = arguments.ReadElemFlags(call);
        uint wanted = arguments.ReadCount(call);
        if (!call.RequireUpdateFlags(option)
            || !call.TryResolveMap(fd, out NtHandle map, out MapShape? shape)
            || !call.RequireKeyPresence(keys, shape))
        {
            return call.Refused;
        }

        if (shape.Type.HoldsObjects())
        {
            return PutObjects(call, map, shape, wanted, (EbpfMapOption)option);
        }

        if (!BatchChecks.RequireUpdate(call, shape, wanted, out BatchLayout layout))
        {
            return call.Refused;
        }

        // Traced before the buffers are checked: the library's view matters most when it refuses them.
        BatchTrace.Layout(call, layout, shape.Layout, layout.UpdatesPerMessage);
        if (!RequireBuffers(call, shape, layout, wanted))
        {
            return call.Refused;
        }

        ProcessBuffers buffers = new(call.Memory, keys, values, layout, Sites, call.Copies);
        SendLoop loop = new() { Map = map, Layout = layout, Option = (EbpfMapOption)option };
        return loop.Run(call, wanted, ref buffers);
    }

    private bool RequireBuffers(ApiCall call, MapShape shape, in BatchLayout layout, uint wanted)
    {
        BatchTrace.Buffer(call, "keys", keys);
        BatchTrace.Buffer(call, "values", values);
        return call.RequireBuffer(MemoryAccess.Read, CheckTable.ApiUpdateBatchKeysSize, "keys", keys, wanted, shape.KeySize, "key_size")
            && call.RequireBuffer(
                MemoryAccess.Read, CheckTable.ApiUpdateBatchValuesSize, "values", values, wanted, layout.ValueBytes, shape.Formula);
    }

    /// <summary>Maps whose values are objects: descriptors become handles, one message for each.</summary>
    private EbpfResult PutObjects(ApiCall call, NtHandle map, MapShape shape, uint wanted, EbpfMapOption option)
    {
        if (!call.RequireMessageLength(MapUpdateElementWithHandleRequest.TailOffset, shape.KeySize)
            || !call.RequireBuffer(MemoryAccess.Read, CheckTable.ApiUpdateBatchKeysSize, "keys", keys, wanted, shape.KeySize, "key_size")
            || !call.RequireBuffer(MemoryAccess.Read, CheckTable.ApiUpdateBatchValuesSize, "values", values, wanted, sizeof(int), "a descriptor"))
        {
            return call.Refused;
        }

        for (uint element = 0; element < wanted; element++)
        {
            ulong valueAddress = values + (element * sizeof(int));
            int value = MemoryMarshal.Read<int>(call.Memory.Access(valueAddress, sizeof(int), MemoryAccess.Read, Sites.Values));
            ulong keyAddress = keys + ((ulong)element * shape.KeySize);
            EbpfResult result = ObjectValue.Put(call, map, value, option, keyAddress, shape.KeySize, Sites.Keys);
            if (result != EbpfResult.Success)
            {
                return result;
            }

            call.Done++;
        }

        return EbpfResult.Success;
    }
}
