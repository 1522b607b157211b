using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

/// <summary><c>bpf_map_lookup_batch</c> and <c>bpf_map_lookup_and_delete_batch</c>.</summary>
internal readonly struct LookupBatchCall(
    int fd, ulong inBatch, ulong outBatch, ulong keys, ulong values, bool delete) : IBatchCall
{
    /// <inheritdoc/>
    public int Descriptor => fd;

    /// <inheritdoc/>
    public BatchSites Sites => delete ? BatchSites.LookupAndDelete : BatchSites.Lookup;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call, in BatchArguments arguments)
    {
        // Lookup-and-delete ignores elem_flags.
        if (!arguments.RequireNoFlags(call))
        {
            return call.Refused;
        }

        ulong elemFlags = delete ? 0 : arguments.ReadElemFlags(call);
        if (!BatchArguments.RequireNoElemFlags(call, elemFlags))
        {
            return call.Refused;
        }

        uint wanted = arguments.ReadCount(call);
        if (!call.Require(wanted != 0, CheckTable.ApiBatchCount, "count", wanted, 1)
            || !call.TryResolveMap(fd, out NtHandle map, out MapShape? shape)
            || !BatchChecks.RequireLookup(call, shape, out BatchLayout layout))
        {
            return call.Refused;
        }

        // Traced before the buffers are checked: the library's view matters most when it refuses them.
        BatchTrace.Layout(call, layout, shape.LookupValue(call.Traits.ScalesBatchLookups), layout.LookupsPerMessage);
        if (!RequireBuffers(call, shape, layout, wanted))
        {
            return call.Refused;
        }

        return Read(call, map, shape, layout, wanted, arguments);
    }

    private bool RequireBuffers(ApiCall call, MapShape shape, in BatchLayout layout, uint wanted)
    {
        BatchTrace.Buffer(call, "keys", keys);
        BatchTrace.Buffer(call, "values", values);
        return (inBatch == 0 || !PositionCounts(call, shape)
                || call.RequireBuffer(
                    MemoryAccess.Read, CheckTable.ApiLookupBatchInBatchSize, "in_batch", inBatch, 1, shape.KeySize, "key_size"))
            && call.RequireBuffer(
                MemoryAccess.Write, CheckTable.ApiLookupBatchOutBatchSize, "out_batch", outBatch, 1, shape.KeySize, "key_size")
            && call.RequireBuffer(MemoryAccess.Write, CheckTable.ApiLookupBatchKeysSize, "keys", keys, wanted, shape.KeySize, "key_size")
            && call.RequireBuffer(
                MemoryAccess.Write, CheckTable.ApiLookupBatchValuesSize, "values", values, wanted, layout.ValueBytes, shape.Layout.Formula);
    }

    private EbpfResult Read(
        ApiCall call, NtHandle map, MapShape shape, in BatchLayout layout, uint wanted, in BatchArguments arguments)
    {
        // An array's elements cannot be removed, so the kernel's flag would return the first message's elements again and again.
        bool deletesAfterwards = delete && shape.KeysAlwaysExist && !call.Traits.SendsCursorWithDelete;
        var buffers = new ProcessBuffers(call.Memory, keys, values, layout, Sites, call.Copies);
        var loop = new LookupLoop
        {
            Map = map,
            Layout = layout,
            Delete = delete && !deletesAfterwards,
            After = inBatch != 0 && PositionCounts(call, shape)
                ? call.Memory.Access(inBatch, shape.KeySize, MemoryAccess.Read, Sites.InBatch)
                : default,
        };
        EbpfResult result = loop.Run(call, wanted, ref buffers);
        if (deletesAfterwards && loop.Count > 0)
        {
            var keysOnly = new ProcessBuffers(call.Memory, keys, 0, shape.DeleteBatch, Sites, call.Copies);
            var deletes = new SendLoop { Map = map, Layout = shape.DeleteBatch, Option = null };
            EbpfResult deleted = deletes.Run(call, loop.Count, ref keysOnly);
            result = result == EbpfResult.Success ? deleted : result;
            call.Done = loop.Count;
        }

        // The checked library writes a cursor whenever it has delivered something, however the call ends.
        if (result == EbpfResult.Success || (call.Traits.AlwaysWritesCount && loop.Count > 0))
        {
            Span<byte> cursor = call.Memory.Access(outBatch, shape.KeySize, MemoryAccess.Write, Sites.OutBatch);
            cursor.Clear();
            if (!(delete && call.Traits.ClearsOutBatchAfterDelete))
            {
                buffers.KeyAt(loop.Count - 1).CopyTo(cursor);
            }
        }

        if (result == EbpfResult.Success)
        {
            arguments.WriteCount(call, loop.Count);
        }

        return result;
    }

    /// <summary>Whether in_batch is used as the position. Elements delivered by lookup-and-delete are gone, so it always continues at the start.</summary>
    private bool PositionCounts(ApiCall call, MapShape shape) => !delete || call.Traits.SendsCursorWithDelete || shape.KeysAlwaysExist;
}
