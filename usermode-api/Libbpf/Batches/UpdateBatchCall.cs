using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

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

        var buffers = new ProcessBuffers(call.Memory, keys, values, layout, Sites, call.Copies);
        var loop = new SendLoop { Map = map, Layout = layout, Option = (EbpfMapOption)option };
        return loop.Run(call, wanted, ref buffers);
    }

    private bool RequireBuffers(ApiCall call, MapShape shape, in BatchLayout layout, uint wanted)
    {
        BatchTrace.Buffer(call, "keys", keys);
        BatchTrace.Buffer(call, "values", values);
        return call.RequireBuffer(MemoryAccess.Read, CheckTable.ApiUpdateBatchKeysSize, "keys", keys, wanted, shape.KeySize, "key_size")
            && call.RequireBuffer(
                MemoryAccess.Read, CheckTable.ApiUpdateBatchValuesSize, "values", values, wanted, layout.ValueBytes, shape.Layout.Formula);
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
