using KernelSim.Protocol.Checks;
using static KernelSim.Protocol.Messages.MessageShape;
using static KernelSim.Protocol.Messages.OperationModes;
using Op = KernelSim.Protocol.EbpfOperationId;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// The operations of the protocol, one row each. The driver's own table says which of them it implements.
/// </summary>
public static class OperationTable
{
    /// <summary>Number of operations: ids are 0 to <c>Count - 1</c>.</summary>
    public static int Count => s_rows.Length;

    private static readonly FieldRule[] s_createProgram =
    [
        new(
            "section_name_offset", 24, 2, FieldBound.Constant(CreateProgramRequest.TailOffset), FieldBound.HeaderLengthLess(0),
            CheckTable.ValidatorCreateProgramSectionName),
        new(
            "program_name_offset", 26, 2, FieldBound.Field(24), FieldBound.HeaderLengthLess(0),
            CheckTable.ValidatorCreateProgramProgramName),
    ];

    private static readonly FieldRule[] s_loadCode =
        [AtMost("code_type", 16, (uint)EbpfCodeType.Native, CheckTable.ValidatorLoadCodeCodeType)];

    private static readonly FieldRule[] s_update = [Option(16, CheckTable.ValidatorMapUpdateElementOption)];

    private static readonly FieldRule[] s_updateWithHandle = [Option(24, CheckTable.ValidatorMapUpdateElementWithHandleOption)];

    private static readonly FieldRule[] s_updateBatch = [Option(16, CheckTable.ValidatorMapUpdateElementBatchOption)];

    private static readonly FieldRule[] s_testRun =
    [
        new(
            "context_offset", 40, 2, FieldBound.Constant(0), FieldBound.HeaderLengthLess(ProgramTestRunRequest.TailOffset),
            CheckTable.ValidatorProgramTestRunContextOffset),
    ];

    private static readonly FieldRule[] s_nextPinnedObjectPath =
        [AtMost("type", 8, (uint)EbpfObjectType.Program, CheckTable.ValidatorGetNextPinnedObjectPathType)];

    private static readonly OperationRow[] s_rows =
    [
        Row(Op.ResolveHelper, Variable<ResolveHelperRequest>(), Variable<ResolveHelperReply>(), modes: Jit, privileged: true),
        Row(Op.ResolveMap, Variable<ResolveMapRequest>(), Variable<ResolveMapReply>(), modes: Jit, privileged: true),
        Row(
            Op.CreateProgram, Variable<CreateProgramRequest>(), Fixed<CreateProgramReply>(), modes: Jit | Interpret, body: s_createProgram),
        Row(Op.CreateMap, Variable<CreateMapRequest>(), Fixed<CreateMapReply>(), body: []),
        Row(Op.LoadCode, Variable<LoadCodeRequest>(), MessageShape.None, modes: Jit | Interpret, privileged: true, body: s_loadCode),
        Row(Op.MapFindElement, Variable<MapFindElementRequest>(), Variable<MapFindElementReply>(), body: []),
        Row(Op.MapUpdateElement, Variable<MapUpdateElementRequest>(), MessageShape.None, body: s_update),
        Row(Op.MapUpdateElementWithHandle, Variable<MapUpdateElementWithHandleRequest>(), MessageShape.None, body: s_updateWithHandle),
        Row(Op.MapDeleteElement, Variable<MapDeleteElementRequest>(), MessageShape.None, body: []),
        Row(Op.MapGetNextKey, Variable<MapGetNextKeyRequest>(), Variable<MapGetNextKeyReply>(), body: []),
        Row(Op.QueryProgramInfo, Fixed<QueryProgramInfoRequest>(), Variable<QueryProgramInfoReply>()),
        Row(Op.UpdatePinning, Variable<UpdatePinningRequest>(), MessageShape.None, body: []),
        Row(Op.GetPinnedObject, Variable<GetPinnedObjectRequest>(), Fixed<GetPinnedObjectReply>(), body: []),
        Row(Op.LinkProgram, Variable<LinkProgramRequest>(), Fixed<LinkProgramReply>(), body: []),
        Row(Op.UnlinkProgram, Variable<UnlinkProgramRequest>(), MessageShape.None, body: []),
        Row(Op.CloseHandle, Fixed<CloseHandleRequest>(), MessageShape.None),
        Row(Op.GetEcFunction, Fixed<GetEcFunctionRequest>(), Fixed<GetEcFunctionReply>(), modes: Jit, privileged: true),
        Row(Op.GetProgramInfo, Fixed<GetProgramInfoRequest>(), Variable<GetProgramInfoReply>()),
        Row(Op.GetPinnedMapInfo, Fixed<GetPinnedMapInfoRequest>(), Variable<GetPinnedMapInfoReply>()),
        Row(Op.GetLinkHandleById, Fixed<GetHandleByIdRequest>(), Fixed<GetHandleByIdReply>()),
        Row(Op.GetMapHandleById, Fixed<GetHandleByIdRequest>(), Fixed<GetHandleByIdReply>()),
        Row(Op.GetProgramHandleById, Fixed<GetHandleByIdRequest>(), Fixed<GetHandleByIdReply>()),
        Row(Op.GetNextLinkId, Fixed<GetNextIdRequest>(), Fixed<GetNextIdReply>()),
        Row(Op.GetNextMapId, Fixed<GetNextIdRequest>(), Fixed<GetNextIdReply>()),
        Row(Op.GetNextProgramId, Fixed<GetNextIdRequest>(), Fixed<GetNextIdReply>()),
        Row(Op.GetObjectInfo, Variable<GetObjectInfoRequest>(), Variable<GetObjectInfoReply>()),
        Row(Op.GetNextPinnedProgramPath, Variable<GetNextPinnedProgramPathRequest>(), Variable<GetNextPinnedProgramPathReply>()),
        Row(Op.BindMap, Fixed<BindMapRequest>(), MessageShape.None),
        Row(Op.MapQueryBuffer, Fixed<MapQueryBufferRequest>(), Fixed<MapQueryBufferReply>()),
        Row(Op.MapAsyncQuery, Fixed<MapAsyncQueryRequest>(), Fixed<MapAsyncQueryReply>(), async: true),
        Row(Op.MapWriteData, Variable<MapWriteDataRequest>(), MessageShape.None, body: []),
        Row(Op.LoadNativeModule, Variable<LoadNativeModuleRequest>(), Fixed<LoadNativeModuleReply>(), modes: Native, body: []),
        Row(Op.LoadNativePrograms, Fixed<LoadNativeProgramsRequest>(), Variable<LoadNativeProgramsReply>(), modes: Native),
        Row(Op.ProgramTestRun, Variable<ProgramTestRunRequest>(), Variable<ProgramTestRunReply>(), async: true, body: s_testRun),
        Row(Op.MapUpdateElementBatch, Variable<MapUpdateElementBatchRequest>(), Fixed<MapUpdateElementBatchReply>(), body: s_updateBatch),
        Row(Op.MapDeleteElementBatch, Variable<MapDeleteElementBatchRequest>(), Fixed<MapDeleteElementBatchReply>(), body: []),
        Row(Op.MapGetNextKeyValueBatch, Variable<MapGetNextKeyValueBatchRequest>(), Variable<MapGetNextKeyValueBatchReply>(), body: []),
        Row(Op.ProgramSetFlags, Fixed<ProgramSetFlagsRequest>(), MessageShape.None),
        Row(
            Op.GetNextPinnedObjectPath, Variable<GetNextPinnedObjectPathRequest>(), Variable<GetNextPinnedObjectPathReply>(),
            body: s_nextPinnedObjectPath),
        Row(Op.AuthorizeNativeModule, Fixed<AuthorizeNativeModuleRequest>(), MessageShape.None, modes: Native, privileged: true),
        Row(Op.GetCodeIntegrityState, Fixed<GetCodeIntegrityStateRequest>(), Fixed<GetCodeIntegrityStateReply>(), privileged: true),
        Row(Op.MapSetWaitHandle, Fixed<MapSetWaitHandleRequest>(), MessageShape.None),
        Row(Op.RingBufferMapMapBuffer, Fixed<RingBufferMapMapBufferRequest>(), Fixed<RingBufferMapMapBufferReply>()),
        Row(Op.RingBufferMapUnmapBuffer, Fixed<RingBufferMapUnmapBufferRequest>(), MessageShape.None),
        Row(Op.EpochSynchronize, Fixed<EpochSynchronizeRequest>(), MessageShape.None, async: true),
        Row(Op.LinkSetLegacyMode, Fixed<LinkSetLegacyModeRequest>(), MessageShape.None),
    ];

    /// <summary>All rows, by id.</summary>
    public static ReadOnlySpan<OperationRow> All => s_rows;

    /// <summary>The row of an operation; null if the id is not a valid operation.</summary>
    public static OperationRow? Find(Op id) => (uint)id < (uint)s_rows.Length ? s_rows[(int)id] : null;

    /// <summary>
    /// The row with a name such as <c>map_find_element</c> or <c>EBPF_OPERATION_MAP_FIND_ELEMENT</c>; null if there is none.
    /// </summary>
    public static OperationRow? Find(string name) => Array.Find(s_rows, row => row.Name == name || row.UpstreamName == name);

    private static FieldRule Option(int offset, Check check) => AtMost("option", offset, (uint)EbpfMapOption.Exist, check);

    private static FieldRule AtMost(string field, int offset, uint largest, Check check) =>
        new(field, offset, 4, FieldBound.Constant(0), FieldBound.Constant((int)largest), check);

    private static OperationRow Row(
        Op id,
        MessageShape request,
        MessageShape reply,
        OperationModes modes = OperationModes.All,
        bool privileged = false,
        bool async = false,
        FieldRule[]? body = null) => new(id, request, reply, modes, privileged, async, body);
}
