using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// The handlers of the operations, one row each: <c>_ebpf_protocol_handlers</c>. The shapes of their messages are in
/// <see cref="OperationTable"/>.
/// </summary>
internal static class ProtocolHandlerTable
{
    private static readonly ProtocolHandler[] s_rows =
    [
        new ResolveHelperHandler(),
        new ResolveMapHandler(),
        new CreateProgramHandler(),
        new CreateMapHandler(),
        new LoadCodeHandler(),
        new MapFindElementHandler(),
        new MapUpdateElementHandler(),
        new MapUpdateElementWithHandleHandler(),
        new MapDeleteElementHandler(),
        new MapGetNextKeyHandler(),
        new QueryProgramInfoHandler(),
        new UpdatePinningHandler(),
        new GetPinnedObjectHandler(),
        new LinkProgramHandler(),
        new UnlinkProgramHandler(),
        new CloseHandleHandler(),
        new GetEcFunctionHandler(),
        new GetProgramInfoHandler(),
        new GetPinnedMapInfoHandler(),
        new GetHandleByIdHandler(EbpfOperationId.GetLinkHandleById, EbpfObjectType.Link),
        new GetHandleByIdHandler(EbpfOperationId.GetMapHandleById, EbpfObjectType.Map),
        new GetHandleByIdHandler(EbpfOperationId.GetProgramHandleById, EbpfObjectType.Program),
        new GetNextIdHandler(EbpfOperationId.GetNextLinkId, EbpfObjectType.Link),
        new GetNextIdHandler(EbpfOperationId.GetNextMapId, EbpfObjectType.Map),
        new GetNextIdHandler(EbpfOperationId.GetNextProgramId, EbpfObjectType.Program),
        new GetObjectInfoHandler(),
        new GetNextPinnedProgramPathHandler(),
        new BindMapHandler(),
        new MapQueryBufferHandler(),
        new MapAsyncQueryHandler(),
        new MapWriteDataHandler(),
        new LoadNativeModuleHandler(),
        new LoadNativeProgramsHandler(),
        new ProgramTestRunHandler(),
        new MapUpdateElementBatchHandler(),
        new MapDeleteElementBatchHandler(),
        new MapGetNextKeyValueBatchHandler(),
        new ProgramSetFlagsHandler(),
        new GetNextPinnedObjectPathHandler(),
        new AuthorizeNativeModuleHandler(),
        new GetCodeIntegrityStateHandler(),
        new MapSetWaitHandleHandler(),
        new RingBufferMapMapBufferHandler(),
        new RingBufferMapUnmapBufferHandler(),
        new EpochSynchronizeHandler(),
        new LinkSetLegacyModeHandler(),
    ];

    /// <summary>The rows, by operation.</summary>
    public static ReadOnlySpan<ProtocolHandler> All => s_rows;

    /// <summary>The handler of an operation; null if the number is not a valid operation.</summary>
    public static ProtocolHandler? Find(EbpfOperationId id) => (uint)id < (uint)s_rows.Length ? s_rows[(int)id] : null;
}
