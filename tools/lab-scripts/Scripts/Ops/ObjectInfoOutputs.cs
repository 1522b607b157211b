using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.LabScripts.Machines;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode;

namespace KernelSim.LabScripts.Ops;

/// <summary>The info of an object, with bpftool's names and in its order.</summary>
internal static class ObjectInfoOutputs
{
    private const int MostMaps = 64;

    /// <summary>A map, as <c>bpftool map show -j</c> prints it.</summary>
    /// <param name="session">The session that has it open.</param>
    /// <param name="fd">Descriptor of the map.</param>
    /// <param name="id">Name of the field for its id: different from <c>id</c> if the line has its own.</param>
    public static ScriptResult Map(ScriptSession session, int fd, string id)
    {
        int ret = ObjectOps.GetInfo(session, fd, out BpfMapInfo info);
        if (ret < 0)
        {
            return session.Result(ret);
        }

        string name = info.Name.ToString();
        return session.Result(
            ret,
            [
                new(id, info.Id),
                BpfMapTypeNames.NameOf(info.Type) is { } type ? new("type", type) : new("type", (uint)info.Type),
                .. name.Length > 0 ? [new ScriptOutput("name", name)] : Array.Empty<ScriptOutput>(),
                new("flags", session.Calls.FlagsOf(info)),
                new("bytes_key", info.KeySize),
                new("bytes_value", info.ValueSize),
                new("max_entries", info.MaxEntries),
                .. info.InnerMapId != 0 ? [new ScriptOutput("inner_map_id", info.InnerMapId)] : Array.Empty<ScriptOutput>(),
                new("pinned_paths", info.PinnedPathCount),
            ]);
    }

    /// <summary>A program, as <c>bpftool prog show -j</c> prints it, as far as the platform supports it.</summary>
    /// <param name="session">The session that has it open.</param>
    /// <param name="fd">Descriptor of the program.</param>
    /// <param name="id">See <see cref="Map"/>.</param>
    public static ScriptResult Program(ScriptSession session, int fd, string id)
    {
        using UserBlocks blocks = new(session.Gate);
        uint size = (uint)Unsafe.SizeOf<BpfProgInfo>();
        ulong ids = blocks.AllocateZeroed(MostMaps * sizeof(uint));
        ulong room = blocks.Copy(StructBytes.Of(new BpfProgInfo { NrMapIds = MostMaps, MapIds = ids }));
        int ret = session.Library.bpf_obj_get_info_by_fd(fd, room, blocks.Copy(BitConverter.GetBytes(size)));
        if (ret < 0)
        {
            return session.Result(ret);
        }

        BpfProgInfo info = MemoryMarshal.Read<BpfProgInfo>(blocks.Read(room, size));
        byte[] maps = blocks.Read(ids, Math.Min(info.NrMapIds, MostMaps) * sizeof(uint));
        return session.Result(
            ret,
            new(id, info.Id),
            new("type", Libbpf.libbpf_bpf_prog_type_str(info.Type) ?? info.TypeUuid.ToString()),
            new("name", info.Name.ToString()),
            new ScriptOutput("map_ids", json =>
            {
                json.WriteStartArray();
                foreach (uint map in MemoryMarshal.Cast<byte, uint>(maps))
                {
                    json.WriteNumberValue(map);
                }

                json.WriteEndArray();
            }),
            new("attach_type", AttachTypeTable.Find(info.AttachTypeUuid)?.Section ?? info.AttachTypeUuid.ToString()),
            new("pinned_paths", info.PinnedPathCount),
            new("links", info.LinkCount));
    }

    /// <summary>A link, as <c>bpftool link show -j</c> prints it, as far as the platform supports it.</summary>
    /// <param name="session">The session that the script runs in.</param>
    /// <param name="fd">Descriptor of the link.</param>
    /// <param name="id">See <see cref="Map"/>.</param>
    public static ScriptResult Link(ScriptSession session, int fd, string id)
    {
        int ret = ObjectOps.GetInfo(session, fd, out BpfLinkInfo info);
        if (ret < 0)
        {
            return session.Result(ret);
        }

        return session.Result(
            ret,
            [
                new(id, info.Id),
                new("type", Libbpf.libbpf_bpf_link_type_str(info.Type) ?? $"{(uint)info.Type}"),
                new(id == "prog_id" ? "program" : "prog_id", info.ProgId),
                new("attach_type", AttachTypeTable.Find(info.AttachTypeUuid)?.Section ?? info.AttachTypeUuid.ToString()),
                .. info.Type switch
                {
                    BpfLinkType.Xdp => [new ScriptOutput("ifindex", info.XdpIfindex)],
                    BpfLinkType.Cgroup => [new ScriptOutput("compartment", (uint)info.AttachData)],
                    _ => Array.Empty<ScriptOutput>(),
                },
            ]);
    }
}
