namespace KernelSim.Protocol.Checks;

// 44xx: ring buffers and perf event arrays. 4401 to 4404 are about creating them, the others about their operations.
public static partial class CheckTable
{
    /// <summary>Create a ring buffer: no keys.</summary>
    public static readonly EbpfCheck RingCreateKeySize = new(
        4401,
        "map.create.ring_key_size",
        "A ring buffer has no keys. (A perf event array takes any key size and never looks at it.)",
        "key_size = 0",
        EbpfResult.InvalidArgument,
        "Pass key_size 0.");

    /// <summary>Create a ring: a power of two.</summary>
    public static readonly EbpfCheck RingCreatePowerOfTwo = new(
        4402,
        "map.create.ring_power_of_two",
        "The bytes of a ring must be a power of two: a position is an offset modulo that number.",
        "max_entries = 2^n; expected is the next power of two",
        EbpfResult.InvalidArgument,
        "Round max_entries up to a power of two. It counts bytes; in a perf event array, of each CPU's ring.")
    {
        Accepts = "a power of two such as {0}",
    };

    /// <summary>Create a ring: whole pages.</summary>
    public static readonly EbpfCheck RingCreatePages = new(
        4403,
        "map.create.ring_pages",
        "The bytes of a ring must be whole pages, since they are mapped into processes. eBPF for Windows reports this as a lack of memory.",
        "max_entries = n x 4096",
        EbpfResult.NoMemory,
        "Use a max_entries of at least 4096.")
    {
        Relation = CheckRelation.MultipleOf,
    };

    /// <summary>Create a ring: memory.</summary>
    public static readonly EbpfCheck RingCreateMemory = new(
        4404,
        "map.create.ring_memory",
        "The pool must have the memory of all rings at once: each CPU has one in a perf event array.",
        "given is max_entries; each ring takes two pages and twice its bytes, less than 2^32",
        EbpfResult.NoMemory,
        "Use a smaller max_entries, or boot the machine with a higher pool limit.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Ring operations: which ring.</summary>
    public static readonly EbpfCheck RingIndex = new(
        4410,
        "map.ring.index",
        "The index must name one of the map's rings: 0 in a ring buffer, a possible CPU in a perf event array. All 64 bits count.",
        "index <= rings - 1",
        EbpfResult.InvalidArgument,
        "Use 0 for a ring buffer, and 0 to libbpf_num_possible_cpus() - 1 for a perf event array.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Map buffer: which part.</summary>
    public static readonly EbpfCheck RingSection = new(
        4411,
        "map.ring.section",
        "A ring has three parts that user mode can map.",
        "section is 0 (consumer page), 1 (producer page) or 2 (data)",
        EbpfResult.InvalidArgument,
        "Ask for one of the three; only the consumer page is writable.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Map buffer: a handle.</summary>
    public static readonly EbpfCheck RingSectionHandle = new(
        4412,
        "map.ring.section_handle",
        "The process must have room in its handle table for a handle of the section.",
        "given is the number of handles that it has",
        EbpfResult.NoMemory,
        "Close handles that are no longer needed.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>Set wait handle: flags.</summary>
    public static readonly EbpfCheck RingWaitFlags = new(
        4413,
        "map.ring.wait_flags",
        "Setting a wait handle takes no flags.",
        "flags = 0",
        EbpfResult.InvalidArgument,
        "Pass 0.");

    /// <summary>Set wait handle: an event.</summary>
    public static readonly EbpfCheck RingWaitHandle = new(
        4414,
        "map.ring.wait_handle",
        "The wait handle must be an open handle of an event of the calling process. It cannot be cleared: -1 is not an event either.",
        "given is the handle; it must be of an event",
        EbpfResult.InvalidArgument,
        "Pass a handle from NtCreateEvent. To stop being woken, set another event.")
    {
        Relation = CheckRelation.InWords,
        Numbers = CheckNumbers.Hexadecimal,
    };

    /// <summary>Return buffer: not past the writer.</summary>
    public static readonly EbpfCheck RingReturnProducer = new(
        4415,
        "map.ring.return_producer",
        "A reader cannot return what has not been written yet.",
        "consumer_offset <= producer_offset",
        EbpfResult.InvalidArgument,
        "Pass the offset past the last record that was read.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Return buffer: the page that user mode writes.</summary>
    public static readonly EbpfCheck RingReturnPage = new(
        4416,
        "map.ring.return_page",
        "The offset in the consumer page must be a possible reader position: user mode writes that page, and the kernel does not trust it.",
        "producer_offset - consumer_offset <= max_entries, and a multiple of 8, unless nothing is returned; given is the page's, expected "
        + "the producer's",
        EbpfResult.InvalidArgument,
        "Write nothing to the consumer page but the offset past a record that was read.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Return buffer: not past a record that is being written.</summary>
    public static readonly EbpfCheck RingReturnLocked = new(
        4417,
        "map.ring.return_locked",
        "A reader cannot return a record that is still being written.",
        "no record before consumer_offset is locked; given is the locked record's offset, expected the one asked for",
        EbpfResult.InvalidArgument,
        "Stop reading at a record with bit 31 of its length set.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Return buffer: whole records.</summary>
    public static readonly EbpfCheck RingReturnBoundary = new(
        4418,
        "map.ring.return_boundary",
        "A reader returns whole records, and none twice.",
        "consumer_offset is the end of a record; expected is the nearest such offset at or after it",
        EbpfResult.InvalidArgument,
        "Add 8 for the header to the record's length, round up to a multiple of 8, and advance by that.");

    /// <summary>Asynchronous query: one at a time.</summary>
    public static readonly EbpfCheck RingQueryOutstanding = new(
        4419,
        "map.ring.query_outstanding",
        "A ring has at most one pending asynchronous query, whoever sent it.",
        "queries pending before this one = 0",
        EbpfResult.InvalidArgument,
        "Wait for the pending one, or cancel it.");

    /// <summary>Write: the record's length.</summary>
    public static readonly EbpfCheck RingRecordLength = new(
        4420,
        "map.ring.record_length",
        "A record must have at least one byte and fit the ring with its 8 bytes of header.",
        "1 <= length and pad8(length + 8) <= max_entries and length < 2^30 (2^30 - 1 in a perf event array); expected is the most that fits",
        EbpfResult.InvalidArgument,
        "Write shorter records, or create the map with more bytes.")
    {
        Relation = CheckRelation.Range,
        Accepts = "1 to {0}",
    };

    /// <summary>Write: room.</summary>
    public static readonly EbpfCheck RingRoom = new(
        4421,
        "map.ring.room",
        "The ring must have room for the record after those that have not been read.",
        "given is the bytes that the record takes, expected the bytes that are free",
        EbpfResult.NoMemory,
        "Read faster, or create the map with more bytes. A perf event array counts what it loses.")
    {
        Relation = CheckRelation.AtMost,
    };
}
