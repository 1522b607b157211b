using KernelSim.LabScripts.Machines;
using KernelSim.Protocol;

namespace KernelSim.LabScripts.Ops;

/// <summary>Calls on pin paths and ids.</summary>
internal static class PinOps
{
    /// <summary>The kinds of pinned objects by name.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["any", "map", "link", "program"];

    /// <summary><c>obj_unpin</c>.</summary>
    public static ScriptResult Unpin(ScriptSession session, ScriptCall call)
    {
        EbpfResult result = session.Library.ebpf_object_unpin(call.Text("path") ?? "");
        return session.Result(-(int)ResultConversions.ToErrno(result));
    }

    /// <summary><c>obj_get_next_path</c>.</summary>
    public static ScriptResult NextPath(ScriptSession session, ScriptCall call)
    {
        EbpfObjectType type = (EbpfObjectType)Math.Max(0, Kinds.ToList().IndexOf(call.Word("type") ?? "any"));
        EbpfResult result = session.Library.ebpf_get_next_pinned_object_path(call.Word("path") ?? "", out string next, ref type);
        return result == EbpfResult.Success
            ? session.Result(0, new ScriptOutput("path", next), new ScriptOutput("type", Kinds[(int)type]))
            : session.Result(-(int)ResultConversions.ToErrno(result));
    }

    /// <summary><c>map_get_next_id</c>, <c>prog_get_next_id</c>, <c>link_get_next_id</c>.</summary>
    public static ScriptResult NextId(ScriptSession session, ScriptCall call, Func<uint, ulong, int> next)
    {
        using UserBlocks blocks = new(session.Gate);
        ulong room = blocks.AllocateZeroed(sizeof(uint));
        int ret = next(call.UInt32("start_id"), room);
        return ret == 0
            ? session.Result(0, new ScriptOutput("next_id", BitConverter.ToUInt32(blocks.Read(room, sizeof(uint)))))
            : session.Result(ret);
    }

    /// <summary><c>map_get_fd_by_id</c>, <c>prog_get_fd_by_id</c>, <c>link_get_fd_by_id</c>.</summary>
    public static ScriptResult OpenById(ScriptSession session, ScriptCall call, Func<uint, int> open, bool isMap = false)
    {
        int fd = open(call.UInt32("object_id"));
        ScriptResult result = session.Result(fd);
        session.RememberDescriptor(call, fd, isMap && fd >= 0 ? ObjectOps.SizesOf(session, fd) : null);
        return result;
    }
}
