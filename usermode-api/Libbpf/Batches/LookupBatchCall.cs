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
    /// <summary>Reads many elements of a map.</summary>
    /// <param name="fd">Descriptor of the map: hash or array, per-CPU or not.</param>
    /// <param name="in_batch">
    /// Address of the cursor that the previous call left in <paramref name="out_batch"/>, or NULL to start. The cursor is the last key
    /// delivered, key_size bytes (not the 4-byte token of Linux); any key that is in the map is valid.
    /// </param>
    /// <param name="out_batch">
    /// Address of room for a cursor, key_size bytes; may be the same as <paramref name="in_batch"/>. Written whenever the call has
    /// delivered something.
    /// </param>
    /// <param name="keys">Address of room for *count keys of key_size bytes.</param>
    /// <param name="values">
    /// <para>Address of room for *count whole values, one after the other: element-major, CPU-minor.</para>
    /// <para>
    /// A whole value takes value_size bytes, or in a per-CPU map <c>pad8(value_size) x libbpf_num_possible_cpus()</c>: each CPU's slot
    /// starts at a multiple of 8. Worked example: 12-byte values on 4 CPUs take pad8(12) x 4 = 16 x 4 = 64 bytes an element; for
    /// 1,000 elements <paramref name="values"/> needs 64,000 bytes, and CPU 2's value of element 10 starts at 10 x 64 + 2 x 16 = 672. A
    /// program that forgets the CPUs allocates 12,000.
    /// </para>
    /// </param>
    /// <param name="count">
    /// Address of a 32-bit number: in, the number of elements that there is room for; out, the number delivered. Checked always writes it;
    /// upstream only on success.
    /// </param>
    /// <param name="opts">
    /// Address of a <see cref="BpfMapBatchOpts"/> whose elem_flags and flags are 0. Checked accepts NULL; upstream reads address 16.
    /// </param>
    /// <returns>
    /// <para>0: *count elements were delivered, fewer than requested if the map has no more right now.</para>
    /// <para>-ENOENT: there are none after the cursor, and *count is 0. That ends the iteration: loop while the return value is 0.</para>
    /// <para>
    /// -EINVAL: a *count of 0; opts.flags or opts.elem_flags not 0; a descriptor that is not a map's; a map without keys or
    /// values; an element that does not fit a message (key_size + value over 65,527 bytes); and, in Checked, a buffer shorter than the formula
    /// above, or a NULL one.
    /// </para>
    /// <para>
    /// -EBADF: no such descriptor. -ENOTSUP: the map's type cannot be iterated. -EOTHER: pad8(value_size) x CPUs overflows, or the key to
    /// continue after does not fit a request (key_size over 65,518 bytes).
    /// </para>
    /// <para>-EPERM: the device cannot be opened. -ESRCH: the process has ended.</para>
    /// </returns>
    /// <remarks>
    /// <para>
    /// Per-CPU rule: a value of a per-CPU map has <c>EBPF_PAD_8(value_size) * libbpf_num_possible_cpus()</c> bytes: one slot for each possible
    /// CPU, CPU 0 first, each padded to 8 bytes.
    /// </para>
    /// <para>
    /// One call sends as many messages as its elements need, of at most 65,535 bytes each: floor(65,527 / (key_size + value)) elements per
    /// message. No message, and so no call, is a snapshot: elements that are inserted or deleted meanwhile may or may not be delivered.
    /// </para>
    /// <para>
    /// Checked does not lose its position. If the key to continue after was deleted, it continues after the last delivered key of the same
    /// call that still exists, which repeats nothing; if there is none, at the map's first element: elements delivered by earlier calls may
    /// be repeated, but none is skipped. Upstream fails with -ENOENT, *count unchanged, although the buffers contain elements.
    /// </para>
    /// <para>
    /// Upstream does not check the buffers: it copies element by element and faults at the first inaccessible byte, or overwrites
    /// what follows. It also returns -ENOENT, *count unchanged, if the remaining elements are an exact multiple of a message's and more
    /// were requested. Before #3564 was fixed it split replies of per-CPU maps into records of one CPU's value, unpadded.
    /// </para>
    /// </remarks>
    public int bpf_map_lookup_batch(int fd, ulong in_batch, ulong out_batch, ulong keys, ulong values, ulong count, ulong opts) =>
        Batch(count, opts, new LookupBatchCall(fd, in_batch, out_batch, keys, values, delete: false));

    /// <summary>Reads many elements of a map and deletes them; elements of an array are set to zeros.</summary>
    /// <param name="fd">The map: hash or array, per-CPU or not.</param>
    /// <param name="in_batch">
    /// <para>NULL, or what the previous call left in <paramref name="out_batch"/>.</para>
    /// <para>
    /// Checked never passes it to the kernel for a hash map: delivered elements are gone, so it continues with the first
    /// remaining element, and no element is deleted without being delivered. For an array it is the last index delivered, as in
    /// <see cref="bpf_map_lookup_batch"/>. Upstream passes it on, and the kernel deletes that key without returning it: pass NULL.
    /// </para>
    /// </param>
    /// <param name="out_batch">Address of room for key_size bytes: the last key delivered. Upstream leaves zeros.</param>
    /// <param name="keys">Address of room for *count keys of key_size bytes.</param>
    /// <param name="values">
    /// Address of room for *count whole values, as in <see cref="bpf_map_lookup_batch"/>: in a per-CPU map
    /// <c>pad8(value_size) x libbpf_num_possible_cpus()</c> bytes each, 64 for 12-byte values on 4 CPUs.
    /// </param>
    /// <param name="count">See <see cref="bpf_map_lookup_batch"/>.</param>
    /// <param name="opts">Address of a <see cref="BpfMapBatchOpts"/> whose flags are 0; its elem_flags are ignored. Checked accepts NULL.</param>
    /// <returns>
    /// See <see cref="bpf_map_lookup_batch"/>; the errnos, such as -EINVAL, are the same. 0 with *count elements delivered and
    /// deleted; -ENOENT if the map is empty, *count 0.
    /// </returns>
    /// <remarks>
    /// <para>
    /// Per-CPU rule: a value of a per-CPU map has <c>EBPF_PAD_8(value_size) * libbpf_num_possible_cpus()</c> bytes: one slot for each possible
    /// CPU, CPU 0 first, each padded to 8 bytes.
    /// </para>
    /// <para>
    /// The kernel deletes an element of a hash map after it has read the next one. If another thread deletes one of a message's elements in
    /// between, the message fails, and the elements that it had already deleted are not delivered: -ENOENT with the elements of earlier
    /// messages of the call in *count (Checked). No library can fix that; if several threads take from one map, use
    /// <see cref="bpf_map_lookup_batch"/> and <see cref="bpf_map_delete_batch"/>.
    /// </para>
    /// <para>
    /// What a program adds to a value between its read and its deletion is lost, here as in the kernel. An array's elements cannot be
    /// deleted during the iteration, so Checked reads them first and sets them to zeros afterwards; upstream never gets past the elements of
    /// the first message, and returns them repeatedly.
    /// </para>
    /// </remarks>
    public int bpf_map_lookup_and_delete_batch(
        int fd, ulong in_batch, ulong out_batch, ulong keys, ulong values, ulong count, ulong opts) =>
        Batch(count, opts, new LookupBatchCall(fd, in_batch, out_batch, keys, values, delete: true));
}

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
                MemoryAccess.Write, CheckTable.ApiLookupBatchValuesSize, "values", values, wanted, layout.ValueBytes, shape.Formula);
    }

    private EbpfResult Read(
        ApiCall call, NtHandle map, MapShape shape, in BatchLayout layout, uint wanted, in BatchArguments arguments)
    {
        // An array's elements cannot be removed, so the kernel's flag would return the first message's elements again and again.
        bool deletesAfterwards = delete && shape.KeysAlwaysExist && !call.Traits.SendsCursorWithDelete;
        ProcessBuffers buffers = new(call.Memory, keys, values, layout, Sites, call.Copies);
        LookupLoop loop = new()
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
            ProcessBuffers keysOnly = new(call.Memory, keys, 0, shape.DeleteBatch, Sites, call.Copies);
            SendLoop deletes = new() { Map = map, Layout = shape.DeleteBatch, Option = null };
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

    /// <summary>
    /// Whether in_batch is used as the position. Elements delivered by lookup-and-delete are gone, so it always continues at the start.
    /// </summary>
    private bool PositionCounts(ApiCall call, MapShape shape) => !delete || call.Traits.SendsCursorWithDelete || shape.KeysAlwaysExist;
}
