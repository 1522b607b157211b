namespace KernelSim.Protocol;

/// <summary>The commands of the <c>bpf</c> call: <c>enum bpf_cmd_id</c>. The numbers of the last two mean something else on Linux.</summary>
public enum BpfCmdId
{
    /// <summary><c>BPF_MAP_CREATE</c>.</summary>
    MapCreate = 0,

    /// <summary><c>BPF_MAP_LOOKUP_ELEM</c>.</summary>
    MapLookupElem = 1,

    /// <summary><c>BPF_MAP_UPDATE_ELEM</c>.</summary>
    MapUpdateElem = 2,

    /// <summary><c>BPF_MAP_DELETE_ELEM</c>.</summary>
    MapDeleteElem = 3,

    /// <summary><c>BPF_MAP_GET_NEXT_KEY</c>.</summary>
    MapGetNextKey = 4,

    /// <summary><c>BPF_PROG_LOAD</c>.</summary>
    ProgLoad = 5,

    /// <summary><c>BPF_OBJ_PIN</c>.</summary>
    ObjPin = 6,

    /// <summary><c>BPF_OBJ_GET</c>.</summary>
    ObjGet = 7,

    /// <summary><c>BPF_PROG_ATTACH</c>.</summary>
    ProgAttach = 8,

    /// <summary><c>BPF_PROG_DETACH</c>.</summary>
    ProgDetach = 9,

    /// <summary><c>BPF_PROG_TEST_RUN</c>, also <c>BPF_PROG_RUN</c>.</summary>
    ProgTestRun = 10,

    /// <summary><c>BPF_PROG_GET_NEXT_ID</c>.</summary>
    ProgGetNextId = 11,

    /// <summary><c>BPF_MAP_GET_NEXT_ID</c>.</summary>
    MapGetNextId = 12,

    /// <summary><c>BPF_PROG_GET_FD_BY_ID</c>.</summary>
    ProgGetFdById = 13,

    /// <summary><c>BPF_MAP_GET_FD_BY_ID</c>.</summary>
    MapGetFdById = 14,

    /// <summary><c>BPF_OBJ_GET_INFO_BY_FD</c>.</summary>
    ObjGetInfoByFd = 15,

    /// <summary><c>BPF_MAP_LOOKUP_AND_DELETE_ELEM</c>.</summary>
    MapLookupAndDeleteElem = 21,

    /// <summary><c>BPF_LINK_GET_FD_BY_ID</c>.</summary>
    LinkGetFdById = 30,

    /// <summary><c>BPF_LINK_GET_NEXT_ID</c>.</summary>
    LinkGetNextId = 31,

    /// <summary><c>BPF_LINK_DETACH</c>.</summary>
    LinkDetach = 34,

    /// <summary><c>BPF_PROG_BIND_MAP</c>.</summary>
    ProgBindMap = 35,
}
