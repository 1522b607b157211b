namespace KernelSim.Protocol.Checks;

// 17xx: the library's calls on ring buffers and perf event arrays.
public static partial class CheckTable
{
    /// <summary>The callbacks of a manager.</summary>
    public static readonly EbpfCheck ApiRingCallback = new(
        1701,
        "api.ring.callback",
        "A ring buffer needs a callback for records, a perf event array one for records and one for what was lost.",
        "callbacks given: 1 for ring_buffer__new, 2 for perf_buffer__new",
        EbpfResult.InvalidArgument,
        "Pass the callbacks.");

    /// <summary>Pages of a perf buffer.</summary>
    public static readonly EbpfCheck ApiPerfPageCount = new(
        1702,
        "api.ring.page_cnt",
        "eBPF for Windows sizes the rings of a perf event array when the map is created.",
        "page_cnt = 0",
        EbpfResult.InvalidArgument,
        "Pass 0, and give the size as max_entries of the map.");

    /// <summary>Options of a manager.</summary>
    public static readonly EbpfCheck ApiRingOptions = new(
        1703,
        "api.ring.opts_size",
        "The options must lie in the process's memory, all 16 bytes of them.",
        "sizeof(ebpf_ring_buffer_opts) = 16",
        EbpfResult.InvalidArgument,
        "Pass the address of an ebpf_ring_buffer_opts or ebpf_perf_buffer_opts, or NULL.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>A manager.</summary>
    public static readonly EbpfCheck ApiRingManager = new(
        1704,
        "api.ring.manager",
        "The call needs a manager, not NULL, with at least one ring.",
        "what ring_buffer__new or perf_buffer__new returned, and was not freed",
        EbpfResult.InvalidArgument,
        "Check the return value of the function that creates it.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A manager that is polled.</summary>
    public static readonly EbpfCheck ApiRingPolled = new(
        1705,
        "api.ring.polled",
        "A manager with automatic callbacks cannot be polled, and takes one map only.",
        "flags of the options without bit 0",
        EbpfResult.OperationNotSupported,
        "Create it without the flag, which is deprecated.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>One ring of a manager.</summary>
    public static readonly EbpfCheck ApiRingBufferIndex = new(
        1706,
        "api.ring.buffer_index",
        "A perf buffer has one ring for each possible CPU.",
        "buf_idx < perf_buffer__buffer_cnt",
        EbpfResult.InvalidArgument,
        "Use 0 to perf_buffer__buffer_cnt - 1.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>Arguments of <c>ring_buffer__add</c>.</summary>
    public static readonly EbpfCheck ApiRingAdd = new(
        1707,
        "api.ring.add",
        "Adding a ring buffer needs a manager, a descriptor of at least 0 and a callback.",
        "all three are given",
        EbpfResult.InvalidArgument,
        "Pass all three.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A record to write.</summary>
    public static readonly EbpfCheck ApiRingData = new(
        1708,
        "api.ring.data",
        "A record to write must have at least one byte.",
        "data is not NULL and data_length >= 1; given is data_length, 0 for NULL",
        EbpfResult.InvalidArgument,
        "Pass the bytes of the record.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>A record to write: the buffer.</summary>
    public static readonly EbpfCheck ApiRingDataSize = new(
        1709,
        "api.ring.data_size",
        "The record to write must lie in the process's memory, all of it.",
        "data_length",
        EbpfResult.InvalidArgument,
        "Pass a buffer of data_length bytes.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>The map's type.</summary>
    public static readonly EbpfCheck ApiRingMapType = new(
        1710,
        "api.ring.map_type",
        "Records are written and subscribed to in ring buffers and perf event arrays, each with its own function.",
        "the map's type is the function's",
        EbpfResult.InvalidArgument,
        "Use the ring_buffer functions on a ringbuf map and the perf functions on a perf_event_array.")
    {
        Numbers = EbpfNumbers.MapType,
    };

    /// <summary>A mapped ring.</summary>
    public static readonly EbpfCheck ApiRingMapped = new(
        1711,
        "api.ring.mapped",
        "Only a ring that this library has mapped can be unmapped; the address of its consumer page says which.",
        "an address that ebpf_ring_buffer_map_map_buffer gave, not unmapped since",
        EbpfResult.InvalidArgument,
        "Pass the consumer address unchanged.")
    {
        Relation = CheckRelation.InWords,
    };
}
