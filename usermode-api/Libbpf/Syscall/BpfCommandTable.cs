using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

/// <summary>The commands of the <c>bpf</c> call, one row each: the structure that each takes, and the library function that it stands for.</summary>
internal static class BpfCommandTable
{
    private const string Site = "library:bpf.attr";

    private static readonly BpfCommand[] s_rows =
    [
        Row<SysBpfMapCreateAttr>(BpfCmdId.MapCreate, CreateMap),
        Row<SysBpfMapLookupAttr>(BpfCmdId.MapLookupElem, (call, at, attr) => Lookup(call, attr, delete: false)),
        Row<SysBpfMapLookupAttr>(BpfCmdId.MapUpdateElem, (call, at, attr) =>
            new UpdateElementCall((int)attr.MapFd, attr.Key, attr.Value, attr.Flags).Run(call)),
        Row<SysBpfMapDeleteAttr>(BpfCmdId.MapDeleteElem, (call, at, attr) => new DeleteElementCall((int)attr.MapFd, attr.Key).Run(call)),
        Row<SysBpfMapNextKeyAttr>(BpfCmdId.MapGetNextKey, (call, at, attr) =>
            new NextKeyCall((int)attr.MapFd, attr.Key, attr.NextKey).Run(call)),
        Row<SysBpfProgLoadAttr>(BpfCmdId.ProgLoad, LoadProgram),
        Row<SysBpfObjPinAttr>(BpfCmdId.ObjPin, (call, at, attr) =>
            RequireZero(call, "flags", attr.Flags) ? new PinCall((int)attr.BpfFd, attr.Pathname).Run(call) : call.Refused),
        Row<SysBpfObjPinAttr>(BpfCmdId.ObjGet, (call, at, attr) =>
            RequireZero(call, "bpf_fd", attr.BpfFd) && RequireZero(call, "flags", attr.Flags)
                ? new OpenPinnedCall(attr.Pathname).Run(call)
                : call.Refused),
        Row<SysBpfProgAttachAttr>(BpfCmdId.ProgAttach, (call, at, attr) =>
            new AttachCompartmentCall((int)attr.AttachBpfFd, (int)attr.TargetFd, attr.AttachType, attr.AttachFlags).Run(call)),
        Row<SysBpfProgAttachAttr>(BpfCmdId.ProgDetach, (call, at, attr) =>
            new DetachCompartmentCall(program: -1, (int)attr.TargetFd, attr.AttachType).Run(call)),
        Row<SysBpfProgRunAttr>(BpfCmdId.ProgTestRun, TestRun),
        NextId(BpfCmdId.ProgGetNextId, EbpfOperationId.GetNextProgramId),
        NextId(BpfCmdId.MapGetNextId, EbpfOperationId.GetNextMapId),
        OpenById(BpfCmdId.ProgGetFdById, EbpfOperationId.GetProgramHandleById),
        OpenById(BpfCmdId.MapGetFdById, EbpfOperationId.GetMapHandleById),
        Row<SysBpfObjInfoAttr>(BpfCmdId.ObjGetInfoByFd, (call, at, attr) => SysInfo.Get(call, attr)),
        Row<SysBpfMapLookupAttr>(BpfCmdId.MapLookupAndDeleteElem, (call, at, attr) => Lookup(call, attr, delete: true)),
        OpenById(BpfCmdId.LinkGetFdById, EbpfOperationId.GetLinkHandleById),
        NextId(BpfCmdId.LinkGetNextId, EbpfOperationId.GetNextLinkId),
        Row<SysBpfLinkDetachAttr>(BpfCmdId.LinkDetach, (call, at, attr) => new DetachLinkCall((int)attr.LinkFd).Run(call)),
        Row<SysBpfProgBindMapAttr>(BpfCmdId.ProgBindMap, (call, at, attr) => new BindMapCall((int)attr.ProgFd, (int)attr.MapFd).Run(call)),
    ];

    private delegate EbpfResult Command<T>(ApiCall call, ulong address, T attr)
        where T : unmanaged;

    /// <summary>The row of a command; null if the number is not a valid command.</summary>
    public static BpfCommand? Find(BpfCmdId id) => Array.Find(s_rows, row => row.Id == id);

    /// <summary>Refuses a field that must be 0 and is not.</summary>
    public static bool RequireZero(ApiCall call, string field, ulong value) =>
        value == 0 || call.Require(false, CheckTable.ApiBpfReserved, field, unchecked((long)value), 0);

    private static BpfCommand Row<T>(BpfCmdId id, Command<T> run)
        where T : unmanaged =>
        new(id, (uint)Unsafe.SizeOf<T>(), (call, address) => run(call, address, Read<T>(call, address)));

    private static BpfCommand NextId(BpfCmdId id, EbpfOperationId operation) => Row<SysBpfMapNextIdAttr>(id, (call, address, attr) =>
        new NextIdCall(operation, attr.StartId, address + sizeof(uint)).Run(call));

    private static BpfCommand OpenById(BpfCmdId id, EbpfOperationId operation) =>
        Row<uint>(id, (call, address, attr) => new OpenByIdCall(operation, attr).Run(call));

    private static EbpfResult CreateMap(ApiCall call, ulong address, SysBpfMapCreateAttr attr)
    {
        ReadOnlySpan<byte> name = attr.MapName;
        if (!name.Contains((byte)0))
        {
            return call.Refuse(CheckTable.ApiBpfName, "16 bytes without a terminator given");
        }

        MapCreateOptions options = new(attr.MapFlags | attr.NumaNode | attr.MapIfindex, (int)attr.InnerMapFd);
        ulong nameAddress = address + (ulong)Marshal.OffsetOf<SysBpfMapCreateAttr>(nameof(SysBpfMapCreateAttr.MapName));
        return new CreateMapPlainCall(attr.MapType, nameAddress, attr.KeySize, attr.ValueSize, attr.MaxEntries, options).Run(call);
    }

    private static EbpfResult Lookup(ApiCall call, in SysBpfMapLookupAttr attr, bool delete) => RequireZero(call, "flags", attr.Flags)
        ? new LookupElementCall((int)attr.MapFd, attr.Key, attr.Value, delete).Run(call)
        : call.Refused;

    /// <summary>Loads a program of instructions; without a name it has none. How long the log is comes back, whatever the result.</summary>
    private static EbpfResult LoadProgram(ApiCall call, ulong address, SysBpfProgLoadAttr attr)
    {
        ReadOnlySpan<byte> name = attr.ProgName;
        int nameLength = name.IndexOf((byte)0);
        ProgramLog log = new(attr.LogBuf, attr.LogSize);
        if (!RequireUnused(call, attr)
            || !RequireZero(call, "prog_flags", attr.ProgFlags)
            || !RequireZero(call, "log_level", attr.LogLevel & ~1u)
            || !RequireZero(call, "log_buf", attr.LogLevel == 0 ? attr.LogBuf : 0)
            || !call.Require(attr.LogLevel == 0 || attr.LogBuf != 0, CheckTable.ApiProgramLoadLog, "log_buf", 0, 1)
            || !log.Require(call))
        {
            return call.Refused;
        }

        if (nameLength < 0)
        {
            return call.Refuse(CheckTable.ApiBpfName, "16 bytes without a terminator given");
        }

        if (ProgramTypeTable.Find(attr.ProgType) is null || attr.Insns == 0)
        {
            string given = $"type {(uint)attr.ProgType} with {(attr.Insns == 0 ? "no " : string.Empty)}instructions given";
            return call.Refuse(CheckTable.ApiProgramLoadArguments, given);
        }

        LoadProgramCall load = new(attr.ProgType, name: 0, attr.Insns, attr.InsnCnt, options: 0);
        EbpfResult result = load.Load(call, Encoding.UTF8.GetString(name[..nameLength]), log, out attr.LogTrueSize);
        Write(call, address, attr);
        return result;
    }

    private static bool RequireUnused(ApiCall call, in SysBpfProgLoadAttr attr)
    {
        int start = (int)Marshal.OffsetOf<SysBpfProgLoadAttr>(nameof(SysBpfProgLoadAttr.ProgIfindex));
        int end = (int)Marshal.OffsetOf<SysBpfProgLoadAttr>(nameof(SysBpfProgLoadAttr.LogTrueSize));
        ReadOnlySpan<byte> unused = MemoryMarshal.AsBytes(new ReadOnlySpan<SysBpfProgLoadAttr>(in attr))[start..end];
        int set = unused.IndexOfAnyExcept((byte)0);
        return set < 0 || RequireZero(call, $"byte {start + set} of attr", unused[set]);
    }

    /// <summary>A test run whose options are the library's own, as upstream has them on its stack.</summary>
    private static EbpfResult TestRun(ApiCall call, ulong address, SysBpfProgRunAttr attr)
    {
        if (!RequireZero(call, "_pad0", attr.Pad0))
        {
            return call.Refused;
        }

        BpfTestRunOpts options = new()
        {
            Sz = (ulong)Unsafe.SizeOf<BpfTestRunOpts>(),
            DataIn = attr.DataIn,
            DataOut = attr.DataOut,
            DataSizeIn = attr.DataSizeIn,
            DataSizeOut = attr.DataSizeOut,
            CtxIn = attr.CtxIn,
            CtxOut = attr.CtxOut,
            CtxSizeIn = attr.CtxSizeIn,
            CtxSizeOut = attr.CtxSizeOut,
            Repeat = (int)attr.Repeat,
            Flags = attr.Flags,
            Cpu = attr.Cpu,
            BatchSize = attr.BatchSize,
        };
        ulong block = call.Memory.Allocate((uint)Unsafe.SizeOf<BpfTestRunOpts>());
        Write(call, block, options);
        EbpfResult result = new TestRunCall((int)attr.ProgFd, block).Run(call);
        if (result == EbpfResult.Success)
        {
            options = Read<BpfTestRunOpts>(call, block);
            attr.DataSizeOut = options.DataSizeOut;
            attr.CtxSizeOut = options.CtxSizeOut;
            attr.Retval = options.Retval;
            attr.Duration = options.Duration;
            Write(call, address, attr);
        }

        call.Memory.Free(block);
        return result;
    }

    private static T Read<T>(ApiCall call, ulong address)
        where T : unmanaged =>
        MemoryMarshal.Read<T>(call.Memory.Access(address, (uint)Unsafe.SizeOf<T>(), MemoryAccess.Read, Site));

    private static void Write<T>(ApiCall call, ulong address, in T value)
        where T : unmanaged =>
        MemoryMarshal.Write(call.Memory.Access(address, (uint)Unsafe.SizeOf<T>(), MemoryAccess.Write, Site), value);
}

/// <summary>A command of the <c>bpf</c> call: one row of <see cref="BpfCommandTable"/>.</summary>
/// <param name="Id">Number of the command.</param>
/// <param name="Size">Size in bytes of the structure that it takes.</param>
/// <param name="Run">Executes the command, with the address of the whole structure.</param>
internal sealed record BpfCommand(BpfCmdId Id, uint Size, Func<ApiCall, ulong, EbpfResult> Run);
