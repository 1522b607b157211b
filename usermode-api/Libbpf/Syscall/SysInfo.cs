using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

/// <summary>
/// <c>BPF_OBJ_GET_INFO_BY_FD</c>: queries the type of the object, then its info, and converts that to Linux's structure. Both
/// structures are filled as in upstream: fields that Windows has and Linux does not are left out.
/// </summary>
internal static class SysInfo
{
    private const string Site = "library:bpf.info";

    private delegate bool Ask<TSys, TInfo>(ApiCall call, in TSys sys, ref TInfo info);

    private delegate void Tell<TSys, TInfo>(ref TSys sys, in TInfo info);

    /// <summary>Executes the command and returns its result.</summary>
    public static EbpfResult Get(ApiCall call, SysBpfObjInfoAttr attr)
    {
        if (!call.TryResolve((int)attr.BpfFd, out OpenDescriptor? entry))
        {
            return call.Refused;
        }

        EbpfResult result = ObjectMessages.GetObjectInfo(call.Channel, entry.Handle, default, 0, out EbpfObjectType type, out _);
        return result != EbpfResult.Success ? result : type switch
        {
            EbpfObjectType.Map => Get<SysBpfMapInfo, BpfMapInfo>(call, entry.Handle, attr, (_, in _, ref _) => true, TellMap),
            EbpfObjectType.Program => Get<SysBpfProgInfo, BpfProgInfo>(call, entry.Handle, attr, AskProgram, TellProgram),
            EbpfObjectType.Link => Get<SysBpfLinkInfo, BpfLinkInfo>(call, entry.Handle, attr, (_, in _, ref _) => true, TellLink),
            _ => EbpfResult.InvalidArgument,
        };
    }

    private static EbpfResult Get<TSys, TInfo>(ApiCall call, NtHandle handle, in SysBpfObjInfoAttr attr, Ask<TSys, TInfo> ask, Tell<TSys, TInfo> tell)
        where TSys : unmanaged
        where TInfo : unmanaged
    {
        uint size = (uint)Unsafe.SizeOf<TSys>();
        if (!ExtensibleStruct.TryOpen(call, "info", attr.Info, attr.InfoLen, size, out ExtensibleStruct opened))
        {
            return call.Refused;
        }

        TSys sys = MemoryMarshal.Read<TSys>(call.Memory.Access(opened.Address, size, MemoryAccess.Read, Site));
        TInfo info = default;
        EbpfResult result = EbpfResult.InvalidArgument;
        if (ask(call, sys, ref info))
        {
            Span<byte> bytes = MemoryMarshal.AsBytes(new Span<TInfo>(ref info));
            result = ObjectMessages.GetObjectInfo(call.Channel, handle, bytes, bytes.Length, out _, out ReadOnlySpan<byte> known);
            if (result == EbpfResult.Success)
            {
                known[..Math.Min(known.Length, bytes.Length)].CopyTo(bytes);
                tell(ref sys, info);
                MemoryMarshal.Write(call.Memory.Access(opened.Address, size, MemoryAccess.Write, Site), sys);
            }
        }

        opened.Close(call);
        return result;
    }

    private static bool AskProgram(ApiCall call, in SysBpfProgInfo sys, ref BpfProgInfo info)
    {
        info.NrMapIds = sys.NrMapIds;
        info.MapIds = sys.MapIds;
        return BpfCommandTable.RequireZero(call, "jited_prog_len", sys.JitedProgLen)
            && BpfCommandTable.RequireZero(call, "xlated_prog_len", sys.XlatedProgLen)
            && BpfCommandTable.RequireZero(call, "jited_prog_insns", sys.JitedProgInsns)
            && BpfCommandTable.RequireZero(call, "xlated_prog_insns", sys.XlatedProgInsns);
    }

    private static void TellMap(ref SysBpfMapInfo sys, in BpfMapInfo info) => sys = new SysBpfMapInfo
    {
        Type = info.Type,
        Id = info.Id,
        KeySize = info.KeySize,
        ValueSize = info.ValueSize,
        MaxEntries = info.MaxEntries,
        MapFlags = info.MapFlags,
        Name = SysBpfName.Of(info.Name),
    };

    private static void TellProgram(ref SysBpfProgInfo sys, in BpfProgInfo info) => sys = new SysBpfProgInfo
    {
        Type = info.Type,
        Id = info.Id,
        NrMapIds = info.NrMapIds,
        MapIds = info.MapIds,
        Name = SysBpfName.Of(info.Name),
    };

    private static void TellLink(ref SysBpfLinkInfo sys, in BpfLinkInfo info) =>
        sys = new SysBpfLinkInfo { Type = info.Type, Id = info.Id, ProgId = info.ProgId };
}
