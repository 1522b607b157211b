namespace KernelSim.Protocol;

/// <summary>The operations of the driver: <c>ebpf_operation_id_t</c>. <c>OperationTable</c> has a row for each.</summary>
public enum EbpfOperationId : uint
{
    /// <summary><c>EBPF_OPERATION_RESOLVE_HELPER</c>.</summary>
    ResolveHelper = 0,
    /// <summary><c>EBPF_OPERATION_RESOLVE_MAP</c>.</summary>
    ResolveMap = 1,
    /// <summary><c>EBPF_OPERATION_CREATE_PROGRAM</c>.</summary>
    CreateProgram = 2,
    /// <summary><c>EBPF_OPERATION_CREATE_MAP</c>.</summary>
    CreateMap = 3,
    /// <summary><c>EBPF_OPERATION_LOAD_CODE</c>.</summary>
    LoadCode = 4,
    /// <summary><c>EBPF_OPERATION_MAP_FIND_ELEMENT</c>.</summary>
    MapFindElement = 5,
    /// <summary><c>EBPF_OPERATION_MAP_UPDATE_ELEMENT</c>.</summary>
    MapUpdateElement = 6,
    /// <summary><c>EBPF_OPERATION_MAP_UPDATE_ELEMENT_WITH_HANDLE</c>.</summary>
    MapUpdateElementWithHandle = 7,
    /// <summary><c>EBPF_OPERATION_MAP_DELETE_ELEMENT</c>.</summary>
    MapDeleteElement = 8,
    /// <summary><c>EBPF_OPERATION_MAP_GET_NEXT_KEY</c>.</summary>
    MapGetNextKey = 9,
    /// <summary><c>EBPF_OPERATION_QUERY_PROGRAM_INFO</c>.</summary>
    QueryProgramInfo = 10,
    /// <summary><c>EBPF_OPERATION_UPDATE_PINNING</c>.</summary>
    UpdatePinning = 11,
    /// <summary><c>EBPF_OPERATION_GET_PINNED_OBJECT</c>.</summary>
    GetPinnedObject = 12,
    /// <summary><c>EBPF_OPERATION_LINK_PROGRAM</c>.</summary>
    LinkProgram = 13,
    /// <summary><c>EBPF_OPERATION_UNLINK_PROGRAM</c>.</summary>
    UnlinkProgram = 14,
    /// <summary><c>EBPF_OPERATION_CLOSE_HANDLE</c>.</summary>
    CloseHandle = 15,
    /// <summary><c>EBPF_OPERATION_GET_EC_FUNCTION</c>.</summary>
    GetEcFunction = 16,
    /// <summary><c>EBPF_OPERATION_GET_PROGRAM_INFO</c>.</summary>
    GetProgramInfo = 17,
    /// <summary><c>EBPF_OPERATION_GET_PINNED_MAP_INFO</c>.</summary>
    GetPinnedMapInfo = 18,
    /// <summary><c>EBPF_OPERATION_GET_LINK_HANDLE_BY_ID</c>.</summary>
    GetLinkHandleById = 19,
    /// <summary><c>EBPF_OPERATION_GET_MAP_HANDLE_BY_ID</c>.</summary>
    GetMapHandleById = 20,
    /// <summary><c>EBPF_OPERATION_GET_PROGRAM_HANDLE_BY_ID</c>.</summary>
    GetProgramHandleById = 21,
    /// <summary><c>EBPF_OPERATION_GET_NEXT_LINK_ID</c>.</summary>
    GetNextLinkId = 22,
    /// <summary><c>EBPF_OPERATION_GET_NEXT_MAP_ID</c>.</summary>
    GetNextMapId = 23,
    /// <summary><c>EBPF_OPERATION_GET_NEXT_PROGRAM_ID</c>.</summary>
    GetNextProgramId = 24,
    /// <summary><c>EBPF_OPERATION_GET_OBJECT_INFO</c>.</summary>
    GetObjectInfo = 25,
    /// <summary><c>EBPF_OPERATION_GET_NEXT_PINNED_PROGRAM_PATH</c>.</summary>
    GetNextPinnedProgramPath = 26,
    /// <summary><c>EBPF_OPERATION_BIND_MAP</c>.</summary>
    BindMap = 27,
    /// <summary><c>EBPF_OPERATION_MAP_QUERY_BUFFER</c>.</summary>
    MapQueryBuffer = 28,
    /// <summary><c>EBPF_OPERATION_MAP_ASYNC_QUERY</c>.</summary>
    MapAsyncQuery = 29,
    /// <summary><c>EBPF_OPERATION_MAP_WRITE_DATA</c>.</summary>
    MapWriteData = 30,
    /// <summary><c>EBPF_OPERATION_LOAD_NATIVE_MODULE</c>.</summary>
    LoadNativeModule = 31,
    /// <summary><c>EBPF_OPERATION_LOAD_NATIVE_PROGRAMS</c>.</summary>
    LoadNativePrograms = 32,
    /// <summary><c>EBPF_OPERATION_PROGRAM_TEST_RUN</c>.</summary>
    ProgramTestRun = 33,
    /// <summary><c>EBPF_OPERATION_MAP_UPDATE_ELEMENT_BATCH</c>.</summary>
    MapUpdateElementBatch = 34,
    /// <summary><c>EBPF_OPERATION_MAP_DELETE_ELEMENT_BATCH</c>.</summary>
    MapDeleteElementBatch = 35,
    /// <summary><c>EBPF_OPERATION_MAP_GET_NEXT_KEY_VALUE_BATCH</c>.</summary>
    MapGetNextKeyValueBatch = 36,
    /// <summary><c>EBPF_OPERATION_PROGRAM_SET_FLAGS</c>.</summary>
    ProgramSetFlags = 37,
    /// <summary><c>EBPF_OPERATION_GET_NEXT_PINNED_OBJECT_PATH</c>.</summary>
    GetNextPinnedObjectPath = 38,
    /// <summary><c>EBPF_OPERATION_AUTHORIZE_NATIVE_MODULE</c>.</summary>
    AuthorizeNativeModule = 39,
    /// <summary><c>EBPF_OPERATION_GET_CODE_INTEGRITY_STATE</c>.</summary>
    GetCodeIntegrityState = 40,
    /// <summary><c>EBPF_OPERATION_MAP_SET_WAIT_HANDLE</c>.</summary>
    MapSetWaitHandle = 41,
    /// <summary><c>EBPF_OPERATION_RING_BUFFER_MAP_MAP_BUFFER</c>.</summary>
    RingBufferMapMapBuffer = 42,
    /// <summary><c>EBPF_OPERATION_RING_BUFFER_MAP_UNMAP_BUFFER</c>.</summary>
    RingBufferMapUnmapBuffer = 43,
    /// <summary><c>EBPF_OPERATION_EPOCH_SYNCHRONIZE</c>.</summary>
    EpochSynchronize = 44,
    /// <summary><c>EBPF_OPERATION_LINK_SET_LEGACY_MODE</c>.</summary>
    LinkSetLegacyMode = 45,
}
