using System.Text;
using KernelSim.LabScripts.Machines;
using KernelSim.Protocol;

namespace KernelSim.LabScripts.Ops;

/// <summary>The call in the shape of Linux's system call.</summary>
internal static class SyscallOps
{
    private static readonly Dictionary<string, BpfCmdId> s_commands = Enum.GetValues<BpfCmdId>().ToDictionary(id => NameOf(id));

    /// <summary>The commands by their C names, without the prefix and in lower case.</summary>
    public static IReadOnlyList<string> Commands { get; } = [.. s_commands.Keys];

    /// <summary><c>bpf</c>: takes the structure as bytes, and returns its new contents.</summary>
    public static ScriptResult Bpf(ScriptSession session, ScriptCall call)
    {
        using UserBlocks blocks = new(session.Gate);
        BpfCmdId command = s_commands[call.Word("cmd")!];
        byte[] given = call.Bytes("attr") ?? [];
        ulong attr = blocks.Copy(call.Bytes("attr"));
        int ret = session.Library.bpf(command, attr, call.UInt32("size", (uint)given.Length));
        if (session.Gate.HasExited)
        {
            return session.Result(ret);
        }

        if (OpensObject(command))
        {
            session.RememberDescriptor(call, ret, ret >= 0 ? ObjectOps.SizesOf(session, ret) : null);
        }

        return session.Result(ret, new ScriptOutput("attr", given.Length == 0 ? [] : blocks.Read(attr, (uint)given.Length)));
    }

    private static bool OpensObject(BpfCmdId command) => command is BpfCmdId.MapCreate or BpfCmdId.ObjGet
        or BpfCmdId.MapGetFdById or BpfCmdId.ProgGetFdById or BpfCmdId.LinkGetFdById;

    private static string NameOf(BpfCmdId id)
    {
        StringBuilder name = new();
        foreach (char letter in id.ToString())
        {
            if (char.IsUpper(letter) && name.Length > 0)
            {
                name.Append('_');
            }

            name.Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }
}
