using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using KernelSim.LabScripts.Abi;
using KernelSim.LabScripts.Machines;
using KernelSim.Protocol.Messages;

namespace KernelSim.LabScripts.Ops;

/// <summary>
/// Batch calls. The program allocates keys, values, cursor, count and options in this order, so a buffer that is too
/// short is followed by data that the program itself needs.
/// </summary>
internal static class BatchOps
{
    /// <summary><c>map_update_batch</c>.</summary>
    public static ScriptResult Update(ScriptSession session, ScriptCall call)
    {
        using UserBlocks blocks = new(session.Gate);
        byte[]? given = call.Bytes("values");
        ulong keys = blocks.Copy(call.Bytes("keys"));
        ulong values = blocks.Copy(given);
        ulong count = Count(blocks, call);
        ulong options = Options(blocks, call);
        int ret = session.Calls.UpdateBatch(call.Descriptor(), keys, values, count, options);
        if (ret == 0 && given is not null && session.MapOf(call.Descriptor()) is { } map)
        {
            session.NoteOverrun(call, "read", "values", (ulong)given.Length, SaturatingProduct(call.UInt32("count"), map.ValueBytes));
        }

        return session.Result(ret, CountOutput(session, blocks, count));
    }

    /// <summary><c>map_delete_batch</c>.</summary>
    public static ScriptResult Delete(ScriptSession session, ScriptCall call)
    {
        using UserBlocks blocks = new(session.Gate);
        ulong keys = blocks.Copy(call.Bytes("keys"));
        ulong count = Count(blocks, call);
        int ret = session.Calls.DeleteBatch(call.Descriptor(), keys, count, Options(blocks, call));
        return session.Result(ret, CountOutput(session, blocks, count));
    }

    /// <summary><c>map_lookup_batch</c>.</summary>
    public static ScriptResult Lookup(ScriptSession session, ScriptCall call) => Lookup(session, call, delete: false);

    /// <summary><c>map_lookup_and_delete_batch</c>.</summary>
    public static ScriptResult LookupAndDelete(ScriptSession session, ScriptCall call) => Lookup(session, call, delete: true);

    private static ScriptResult Lookup(ScriptSession session, ScriptCall call, bool delete)
    {
        int fd = call.Descriptor();
        uint wanted = call.UInt32("count");
        ScriptMap? map = session.MapOf(fd);
        uint keySize = map?.KeySize ?? ScriptSession.UnknownSize;
        uint cursorSize = call.UInt32("cursor_size", session.Calls.CursorSize(fd, map));
        ulong valueSize = map?.ValueBytes ?? ScriptSession.UnknownSize;
        ulong keysLength = (ulong)wanted * keySize;
        ulong valuesLength = call.Has("values_size") ? call.UInt32("values_size") : SaturatingProduct(wanted, valueSize);
        if ((session.RefuseAllocation(call, "keys", keysLength)
            ?? session.RefuseAllocation(call, "values", valuesLength)
            ?? session.RefuseAllocation(call, "the cursor", cursorSize)) is { } tooLarge)
        {
            return tooLarge;
        }

        using UserBlocks blocks = new(session.Gate);
        ulong keys = blocks.AllocateZeroed((uint)keysLength);
        ulong values = blocks.AllocateZeroed((uint)valuesLength);
        ulong inBatch = blocks.Copy(call.ContinuesFromCursor ? session.CursorOf(fd) : null);
        ulong outBatch = blocks.AllocateZeroed(cursorSize);
        ulong count = Count(blocks, call);
        ulong options = Options(blocks, call);
        int ret = session.Calls.LookupBatch(fd, new BatchBuffers(inBatch, outBatch, keys, values, count, options), delete);
        if (session.Gate.HasExited)
        {
            return session.Result(ret);
        }

        uint got = ReadCount(blocks, count);
        if (!session.Calls.HasDelivered(ret, got))
        {
            return session.Result(ret, new ScriptOutput("count", got));
        }

        session.RememberCursor(fd, blocks.Read(outBatch, cursorSize));
        session.NoteOverrun(call, "wrote", "values", valuesLength, got * (session.Calls.LookupStride(map) ?? 0UL));
        return session.Result(
            ret,
            new ScriptOutput("count", got),
            new ScriptOutput("keys", blocks.Read(keys, (uint)Math.Min(keysLength, (ulong)got * keySize))),
            new ScriptOutput("values", blocks.Read(values, (uint)Math.Min(valuesLength, got * valueSize))));
    }

    private static ScriptOutput CountOutput(ScriptSession session, UserBlocks blocks, ulong count) =>
        new("count", session.Gate.HasExited ? 0 : ReadCount(blocks, count));

    private static ulong Count(UserBlocks blocks, ScriptCall call)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, call.UInt32("count"));
        return blocks.Copy(bytes);
    }

    private static uint ReadCount(UserBlocks blocks, ulong count) =>
        BinaryPrimitives.ReadUInt32LittleEndian(blocks.Read(count, sizeof(uint)));

    private static ulong Options(UserBlocks blocks, ScriptCall call) => blocks.Copy(call.Has("opts")
        ? call.Bytes("opts")
        : StructBytes.Of(new BpfMapBatchOpts
        {
            Sz = (ulong)Unsafe.SizeOf<BpfMapBatchOpts>(),
            ElemFlags = call.UInt64("elem_flags"),
            Flags = call.UInt64("flags"),
        }));

    private static ulong SaturatingProduct(ulong a, ulong b) => Math.BigMul(a, b, out ulong low) == 0 ? low : ulong.MaxValue;
}
