using KernelSim.LabScripts.Machines;

namespace KernelSim.LabScripts.Ops;

/// <summary>Calls on single elements.</summary>
internal static class ElementOps
{
    /// <summary><c>map_update_elem</c>.</summary>
    public static ScriptResult Update(ScriptSession session, ScriptCall call)
    {
        using UserBlocks blocks = new(session.Gate);
        ulong key = blocks.Copy(call.Bytes("key"));
        byte[]? given = call.Has("value_fd") ? BitConverter.GetBytes(call.Descriptor("value_fd")) : call.Bytes("value");
        ulong value = blocks.Copy(given);
        int ret = session.Calls.Update(call.Descriptor(), key, value, call.UInt64("flags"));
        if (ret == 0 && given is not null && session.MapOf(call.Descriptor()) is { } map)
        {
            session.NoteOverrun(call, "read", "value", (ulong)given.Length, map.ValueBytes);
        }

        return session.Result(ret);
    }

    /// <summary><c>map_lookup_elem</c>.</summary>
    public static ScriptResult Lookup(ScriptSession session, ScriptCall call) => Lookup(session, call, delete: false);

    /// <summary><c>map_lookup_and_delete_elem</c>.</summary>
    public static ScriptResult LookupAndDelete(ScriptSession session, ScriptCall call) => Lookup(session, call, delete: true);

    /// <summary><c>map_delete_elem</c>.</summary>
    public static ScriptResult Delete(ScriptSession session, ScriptCall call)
    {
        using UserBlocks blocks = new(session.Gate);
        return session.Result(session.Calls.Delete(call.Descriptor(), blocks.Copy(call.Bytes("key"))));
    }

    /// <summary><c>map_get_next_key</c>.</summary>
    public static ScriptResult GetNextKey(ScriptSession session, ScriptCall call)
    {
        byte[]? key = call.Bytes("key");
        uint room = session.MapOf(call.Descriptor())?.KeySize ?? Math.Max(ScriptSession.UnknownSize, (uint)(key?.Length ?? 0));
        if (session.RefuseAllocation(call, "the next key", room) is { } tooLarge)
        {
            return tooLarge;
        }

        using UserBlocks blocks = new(session.Gate);
        ulong previous = blocks.Copy(key);
        ulong next = blocks.AllocateZeroed(room);
        int ret = session.Calls.GetNextKey(call.Descriptor(), previous, next);
        return ret == 0 ? session.Result(ret, new ScriptOutput("next_key", blocks.Read(next, room))) : session.Result(ret);
    }

    private static ScriptResult Lookup(ScriptSession session, ScriptCall call, bool delete)
    {
        uint room = session.MapOf(call.Descriptor())?.ValueBytes ?? ScriptSession.UnknownSize;
        if (session.RefuseAllocation(call, "value", room) is { } tooLarge)
        {
            return tooLarge;
        }

        using UserBlocks blocks = new(session.Gate);
        ulong key = blocks.Copy(call.Bytes("key"));
        ulong value = blocks.AllocateZeroed(room);
        int ret = session.Calls.Lookup(call.Descriptor(), key, value, delete);
        return ret == 0 ? session.Result(ret, new ScriptOutput("value", blocks.Read(value, room))) : session.Result(ret);
    }
}
