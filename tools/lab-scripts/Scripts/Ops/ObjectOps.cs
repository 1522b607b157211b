using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using KernelSim.LabScripts.Machines;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.LabScripts.Ops;

/// <summary>Calls on objects and descriptors.</summary>
internal static class ObjectOps
{
    /// <summary><c>num_possible_cpus</c>.</summary>
    public static ScriptResult NumPossibleCpus(ScriptSession session, ScriptCall call) =>
        session.Result(session.Library.libbpf_num_possible_cpus());

    /// <summary><c>map_create</c>.</summary>
    public static ScriptResult CreateMap(ScriptSession session, ScriptCall call)
    {
        BpfMapType type = call.MapType("type");
        int fd = session.Calls.Create(call);
        session.RememberDescriptor(
            call, fd, ScriptMap.Of(type, call.UInt32("key_size"), call.UInt32("value_size"), session.Gate.MaximumProcessorCount));
        return session.Result(fd);
    }

    /// <summary><c>obj_get_info_by_fd</c>.</summary>
    public static ScriptResult GetInfoByFd(ScriptSession session, ScriptCall call)
    {
        session.Library.ebpf_object_get_info_by_fd(call.Descriptor(), 0, 0, out EbpfObjectType type);
        string id = call.Id is null ? "id" : type switch { EbpfObjectType.Program => "prog_id", EbpfObjectType.Link => "link_id", _ => "map_id" };
        return type switch
        {
            EbpfObjectType.Program => ObjectInfoOutputs.Program(session, call.Descriptor(), id),
            EbpfObjectType.Link => ObjectInfoOutputs.Link(session, call.Descriptor(), id),
            _ => ObjectInfoOutputs.Map(session, call.Descriptor(), id),
        };
    }

    /// <summary><c>obj_pin</c>.</summary>
    public static ScriptResult Pin(ScriptSession session, ScriptCall call)
    {
        using UserBlocks blocks = new(session.Gate);
        return session.Result(session.Library.bpf_obj_pin(call.Descriptor(), blocks.Copy(CString(call.Text("path")))));
    }

    /// <summary><c>obj_get</c>.</summary>
    public static ScriptResult Get(ScriptSession session, ScriptCall call)
    {
        using UserBlocks blocks = new(session.Gate);
        int fd = session.Library.bpf_obj_get(blocks.Copy(CString(call.Text("path"))));
        ScriptResult result = session.Result(fd);
        session.RememberDescriptor(call, fd, fd >= 0 ? SizesOf(session, fd) : null);
        return result;
    }

    /// <summary><c>close</c>.</summary>
    public static ScriptResult Close(ScriptSession session, ScriptCall call)
    {
        session.ForgetDescriptor(call.Descriptor());
        return session.Result(session.Library.close(call.Descriptor()));
    }

    /// <summary>The sizes of the map behind a descriptor; null if it is not a map's.</summary>
    public static ScriptMap? SizesOf(ScriptSession session, int fd)
    {
        EbpfResult result = session.Library.ebpf_object_get_info_by_fd(fd, 0, 0, out EbpfObjectType type);
        return result == EbpfResult.Success && type == EbpfObjectType.Map && GetInfo(session, fd, out BpfMapInfo info) == 0
            ? ScriptMap.Of(info.Type, info.KeySize, info.ValueSize, session.Gate.MaximumProcessorCount)
            : null;
    }

    /// <summary>Queries the info of the object behind a descriptor.</summary>
    /// <returns>0, or an errno negated.</returns>
    public static int GetInfo<TInfo>(ScriptSession session, int fd, out TInfo info)
        where TInfo : unmanaged
    {
        using UserBlocks blocks = new(session.Gate);
        uint size = (uint)Unsafe.SizeOf<TInfo>();
        byte[] length = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(length, size);
        ulong buffer = blocks.AllocateZeroed(size);
        int ret = session.Library.bpf_obj_get_info_by_fd(fd, buffer, blocks.Copy(length));
        info = ret == 0 ? MemoryMarshal.Read<TInfo>(blocks.Read(buffer, size)) : default;
        return ret;
    }

    private static byte[]? CString(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text + "\0");
}
