using KernelSim.Protocol.Messages;

namespace KernelSim.Protocol.Checks;

// 4xxx: protocol handlers and the map store. 40xx are about maps, ten for each operation; 41xx about creating them.
// Ordinary outcomes of a well-formed request (a missing key, the end of a map) are not checks and have no row.
public static partial class CheckTable
{
    /// <summary>A handle of the calling process.</summary>
    public static readonly EbpfCheck HandleOpen = new(
        4001,
        "object.handle",
        "The handle must be open in the calling process and be a handle of a file object.",
        "given is the handle; it must be in the process's handle table",
        EbpfResult.InvalidObject,
        "Pass a handle that this driver returned to this process and that has not been closed.")
    {
        Relation = CheckRelation.InWords,
        Numbers = CheckNumbers.Hexadecimal,
    };

    /// <summary>Find: the key.</summary>
    public static readonly EbpfCheck MapFindKeySize = new(
        4002,
        "map.find.key_size",
        "A lookup must carry a key of exactly the map's key size.",
        $"header.length - {MapFindElementRequest.TailOffset} = key_size",
        EbpfResult.InvalidArgument,
        "Send key_size bytes of key, no more and no fewer, and count them in header.length.");

    /// <summary>Find: room for the value.</summary>
    public static readonly EbpfCheck MapFindValueSize = new(
        4003,
        "map.find.value_size",
        "A lookup must leave room for exactly one whole value. For a per-CPU map that is one slot for each possible CPU, each padded to 8 "
        + "bytes, not one value_size.",
        $"output length - {MapFindElementReply.TailOffset} = value_size, or for a per-CPU map pad8(value_size) x possible CPUs",
        EbpfResult.InvalidArgument,
        "Size the buffer with the per-CPU formula. The number of CPUs is that of possible CPUs (libbpf_num_possible_cpus), not of CPUs in use.");

    /// <summary>Find: the map type.</summary>
    public static readonly EbpfCheck MapFindSupported = new(
        4004,
        "map.find.supported",
        "The map type must be one that values can be looked up in.",
        "given is the map type",
        EbpfResult.OperationNotSupported,
        "Ring buffers and perf event arrays are read through their rings, not by lookup.")
    {
        Relation = CheckRelation.InWords,
        Numbers = EbpfNumbers.MapType,
    };

    /// <summary>Find and delete: the map type.</summary>
    public static readonly EbpfCheck MapFindDelete = new(
        4005,
        "map.find_and_delete.supported",
        "Elements of an array cannot be looked up and deleted in one step: an array always has all its elements.",
        "find_and_delete = 0 for arrays",
        EbpfResult.InvalidArgument,
        "Look the element up, then delete it (which fills it with zeros) in a second call.");

    /// <summary>What a handle stands for.</summary>
    public static readonly EbpfCheck HandleType = new(
        4006,
        "object.type",
        "The handle must stand for an object of this driver, of the kind that the operation is about.",
        "object type of the handle (1 map, 2 link, 3 program; given 0: no eBPF object) = the type wanted (0: any)",
        EbpfResult.InvalidObject,
        "Pass a handle of a map to map operations. A plain handle of the device stands for no object.");

    /// <summary>Update: the key.</summary>
    public static readonly EbpfCheck MapUpdateKeySize = new(
        4010,
        "map.update.key_size",
        "An update must carry at least a whole key.",
        $"header.length - {MapUpdateElementRequest.TailOffset} >= key_size",
        EbpfResult.ArithmeticOverflow,
        "Send key_size bytes of key followed by the value, and count both in header.length.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Update: the value.</summary>
    public static readonly EbpfCheck MapUpdateValueSize = new(
        4011,
        "map.update.value_size",
        "An update must carry exactly one whole value. For a per-CPU map that is one slot for each possible CPU, each padded to 8 bytes, "
        + "not one value_size.",
        $"header.length - {MapUpdateElementRequest.TailOffset} - key_size = value_size, or for a per-CPU map pad8(value_size) x possible CPUs",
        EbpfResult.InvalidArgument,
        "Send all CPUs' slots, each at a multiple of pad8(value_size), for every possible CPU. A program on a CPU writes its own slot "
        + "only; user mode always writes all.");

    /// <summary>Update: the map type.</summary>
    public static readonly EbpfCheck MapUpdateSupported = new(
        4012,
        "map.update.supported",
        "The map type must be one whose values can be written.",
        "given is the map type",
        EbpfResult.OperationNotSupported,
        "Maps of maps and program arrays take objects (update with handle); ring buffers take records.")
    {
        Relation = CheckRelation.InWords,
        Numbers = EbpfNumbers.MapType,
    };

    /// <summary>Update: an array's index.</summary>
    public static readonly EbpfCheck MapUpdateIndex = new(
        4013,
        "map.update.index",
        "The index must lie in the array.",
        "index < max_entries (the first 4 bytes of the key; expected is the last index)",
        EbpfResult.InvalidArgument,
        "Use an index below max_entries. An array never grows.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Update: NOEXIST on an array.</summary>
    public static readonly EbpfCheck MapUpdateNoExist = new(
        4014,
        "map.update.noexist",
        "An element of an array always exists, so an array cannot be updated with NOEXIST.",
        "option != EBPF_NOEXIST (1) for arrays",
        EbpfResult.InvalidArgument,
        "Use BPF_ANY or BPF_EXIST with arrays.")
    {
        Relation = CheckRelation.InWords,
        Accepts = "any option but EBPF_NOEXIST (1)",
    };

    /// <summary>Update: the option.</summary>
    public static readonly EbpfCheck MapUpdateOption = new(
        4015,
        "map.update.option",
        "The option of an update must be ANY, NOEXIST or EXIST.",
        "option <= 2",
        EbpfResult.InvalidArgument,
        "Use BPF_ANY (0), BPF_NOEXIST (1) or BPF_EXIST (2); they cannot be combined.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Update with handle: the key.</summary>
    public static readonly EbpfCheck MapUpdateWithHandleKeySize = new(
        4020,
        "map.update_with_handle.key_size",
        "Putting an object into a map takes a key of exactly the map's key size.",
        $"header.length - {MapUpdateElementWithHandleRequest.TailOffset} = key_size",
        EbpfResult.InvalidArgument,
        "Send key_size bytes of key and count them in header.length.");

    /// <summary>Update with handle: the map type.</summary>
    public static readonly EbpfCheck MapUpdateWithHandleSupported = new(
        4021,
        "map.update_with_handle.supported",
        "Only maps that hold objects can take one: program arrays and maps of maps.",
        "given is the map type",
        EbpfResult.OperationNotSupported,
        "Send the bytes of the value with an ordinary update.")
    {
        Relation = CheckRelation.InWords,
        Numbers = EbpfNumbers.MapType,
    };

    /// <summary>Delete: the key.</summary>
    public static readonly EbpfCheck MapDeleteKeySize = new(
        4030,
        "map.delete.key_size",
        "A deletion must carry a key of exactly the map's key size.",
        $"header.length - {MapDeleteElementRequest.TailOffset} = key_size",
        EbpfResult.InvalidArgument,
        "Send key_size bytes of key and count them in header.length.");

    /// <summary>Delete: the map type.</summary>
    public static readonly EbpfCheck MapDeleteSupported = new(
        4031,
        "map.delete.supported",
        "The map type must be one that elements can be deleted from.",
        "given is the map type",
        EbpfResult.OperationNotSupported,
        "Elements of queues and stacks are removed by pop, that is lookup and delete.")
    {
        Relation = CheckRelation.InWords,
        Numbers = EbpfNumbers.MapType,
    };

    /// <summary>Delete: an array's index.</summary>
    public static readonly EbpfCheck MapDeleteIndex = new(
        4032,
        "map.delete.index",
        "The index must lie in the array.",
        "index < max_entries (the first 4 bytes of the key; expected is the last index)",
        EbpfResult.InvalidArgument,
        "Use an index below max_entries. Deleting an element of an array fills it with zeros.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Next key: the previous key.</summary>
    public static readonly EbpfCheck MapNextKeyPreviousSize = new(
        4040,
        "map.next_key.previous_size",
        "The previous key must be absent, or have exactly the map's key size.",
        $"header.length - {MapGetNextKeyRequest.TailOffset} = 0 or key_size",
        EbpfResult.InvalidArgument,
        "Send no previous key to get the first, else all key_size bytes of it; the length in the header decides, not the buffer.")
    {
        Relation = CheckRelation.ZeroOr,
    };

    /// <summary>Next key: room for it.</summary>
    public static readonly EbpfCheck MapNextKeyRoom = new(
        4041,
        "map.next_key.room",
        "There must be room for exactly one key.",
        $"output length - {MapGetNextKeyReply.TailOffset} = key_size",
        EbpfResult.InvalidArgument,
        $"Make the output buffer {MapGetNextKeyReply.TailOffset} + key_size bytes long.");

    /// <summary>Next key: the map type.</summary>
    public static readonly EbpfCheck MapNextKeySupported = new(
        4042,
        "map.next_key.supported",
        "The map type must be one that has keys to walk.",
        "given is the map type",
        EbpfResult.OperationNotSupported,
        "Queues, stacks and rings have no keys.")
    {
        Relation = CheckRelation.InWords,
        Numbers = EbpfNumbers.MapType,
    };

    /// <summary>Update batch: records are not empty.</summary>
    public static readonly EbpfCheck MapUpdateBatchRecordSize = new(
        4050,
        "map.update_batch.record_size",
        "A batch is divided into records of key and value, so a record must not be empty.",
        "key_size + value bytes > 0",
        EbpfResult.InvalidArgument,
        "Maps without keys and values cannot be updated in batches.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Update batch: whole records.</summary>
    public static readonly EbpfCheck MapUpdateBatchData = new(
        4051,
        "map.update_batch.data",
        "The data of an update batch must be a whole number of records of a key and one whole value. A library that forgets the CPUs of a "
        + "per-CPU map sends records that are too short.",
        $"(header.length - {MapUpdateElementBatchRequest.TailOffset}) is a multiple of key_size + value bytes, where value bytes = "
        + "value_size, or for a per-CPU map pad8(value_size) x possible CPUs; expected is the next lower multiple",
        EbpfResult.InvalidArgument,
        "Pack records without gaps, each with a whole value: all possible CPUs, each slot padded to 8 bytes.")
    {
        Relation = CheckRelation.WholeRecords,
    };

    /// <summary>Delete batch: keys are not empty.</summary>
    public static readonly EbpfCheck MapDeleteBatchKeySize = new(
        4060,
        "map.delete_batch.key_size",
        "A batch is divided into keys, so a key must not be empty.",
        "key_size > 0",
        EbpfResult.InvalidArgument,
        "Maps without keys cannot be deleted from in batches.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Delete batch: whole keys.</summary>
    public static readonly EbpfCheck MapDeleteBatchData = new(
        4061,
        "map.delete_batch.data",
        "The data of a delete batch must be a whole number of keys.",
        $"(header.length - {MapDeleteElementBatchRequest.TailOffset}) is a multiple of key_size; expected is the next lower multiple",
        EbpfResult.InvalidArgument,
        "Pack keys without gaps, key_size bytes each.")
    {
        Relation = CheckRelation.WholeRecords,
    };

    /// <summary>An element in the middle of a batch.</summary>
    public static readonly EbpfCheck MapBatchElement = new(
        4065,
        "map.batch.element",
        "A batch update or delete stops at the first element that fails; the elements before it stay processed.",
        "elements done = elements in the message; the index of the failed element is the number of elements done",
        EbpfResult.Failed,
        "Look at the element that failed (its key is there already, or is missing, or is out of range) and continue after it.");

    /// <summary>Get batch: the previous key.</summary>
    public static readonly EbpfCheck MapGetBatchPreviousSize = new(
        4070,
        "map.get_batch.previous_size",
        "The previous key must be absent, or have exactly the map's key size.",
        $"header.length - {MapGetNextKeyValueBatchRequest.TailOffset} = 0 or key_size",
        EbpfResult.InvalidArgument,
        "Send no previous key to start at the beginning, else the last key of the previous batch, all key_size bytes of it.")
    {
        Relation = CheckRelation.ZeroOr,
    };

    /// <summary>Get batch: the map type.</summary>
    public static readonly EbpfCheck MapGetBatchSupported = new(
        4071,
        "map.get_batch.supported",
        "The map type must be one that has keys to walk and elements to delete.",
        "given is the map type",
        EbpfResult.OperationNotSupported,
        "Queues, stacks and rings cannot be read in batches.")
    {
        Relation = CheckRelation.InWords,
        Numbers = EbpfNumbers.MapType,
    };

    /// <summary>Ring operations: the map type.</summary>
    public static readonly EbpfCheck MapRingSupported = new(
        4080,
        "map.ring.supported",
        "Only ring buffers and perf event arrays have buffers to query, write, wait for or map.",
        "given is the map type",
        EbpfResult.OperationNotSupported,
        "Read other maps by lookup.")
    {
        Relation = CheckRelation.InWords,
        Numbers = EbpfNumbers.MapType,
    };

    /// <summary>Unmap buffer: the map type.</summary>
    public static readonly EbpfCheck MapUnmapBufferRing = new(
        4081,
        "map.unmap_buffer.ring",
        "Only ring buffers and perf event arrays have buffers to unmap.",
        "given is the map type",
        EbpfResult.InvalidArgument,
        "Unmap only what was mapped before.")
    {
        Relation = CheckRelation.InWords,
        Numbers = EbpfNumbers.MapType,
    };

    /// <summary>Create: the map type.</summary>
    public static readonly EbpfCheck MapCreateType = new(
        4101,
        "map.create.type",
        "The map type must be one of ebpf_map_type_t.",
        "type <= 16, or 32768 <= type <= 65535 (extensions' own)",
        EbpfResult.InvalidArgument,
        "Use the numbers of eBPF for Windows: they differ from those of Linux.")
    {
        Relation = CheckRelation.InWords,
        Accepts = "0 to 16, or 32768 to 65535 for a type of an extension's own",
    };

    /// <summary>Create: keys.</summary>
    public static readonly EbpfCheck MapCreateKeySize = new(
        4103,
        "map.create.key_size",
        "Keys must have at least one byte, except in queues, stacks and rings.",
        "key_size > 0",
        EbpfResult.InvalidArgument,
        "Give a key size. Queues and stacks are the ones without keys.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Create: values.</summary>
    public static readonly EbpfCheck MapCreateValueSize = new(
        4104,
        "map.create.value_size",
        "Values must have at least one byte, except in rings.",
        "value_size > 0",
        EbpfResult.InvalidArgument,
        "Give a value size: one CPU's, even for a per-CPU map.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Create: entries.</summary>
    public static readonly EbpfCheck MapCreateMaxEntries = new(
        4105,
        "map.create.max_entries",
        "A map must be created for at least one entry.",
        "max_entries > 0",
        EbpfResult.InvalidArgument,
        "Give a number of entries: for hash tables a hint, for arrays the number of elements, for rings bytes.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Create: a whole per-CPU value.</summary>
    public static readonly EbpfCheck MapCreateValueTotal = new(
        4106,
        "map.create.value_total",
        "The size of a whole per-CPU value must fit 32 bits.",
        "pad8(value_size) x possible CPUs < 2^32",
        EbpfResult.ArithmeticOverflow,
        "Use smaller values.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Create: the name.</summary>
    public static readonly EbpfCheck MapCreateName = new(
        4107,
        "map.create.name",
        $"A name has at most {EbpfLimits.MapNameLength - 1} bytes.",
        $"header.length - {CreateMapRequest.TailOffset} < {EbpfLimits.MapNameLength}",
        EbpfResult.InvalidArgument,
        "Shorten the name; a name is UTF-8 without a terminator.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Create: a type that can be created.</summary>
    public static readonly EbpfCheck MapCreateBuilt = new(
        4108,
        "map.create.built",
        "The map type must be one that this driver can create.",
        "given is the map type",
        EbpfResult.OperationNotSupported,
        "Use another type; a map of type unspec can never be created.")
    {
        Relation = CheckRelation.InWords,
        Numbers = EbpfNumbers.MapType,
    };

    /// <summary>Create: no inner map.</summary>
    public static readonly EbpfCheck MapCreateInnerMap = new(
        4109,
        "map.create.inner_map",
        "Only a map of maps takes a handle of an inner map.",
        "inner_map_handle = -1",
        EbpfResult.InvalidArgument,
        "Pass -1 (inner_map_fd 0 in libbpf's options).");

    /// <summary>Create: an array's size.</summary>
    public static readonly EbpfCheck MapCreateArraySize = new(
        4110,
        "map.create.array_size",
        "An array with its header must not exceed 128 GiB.",
        "max_entries x value bytes <= 2^37 - 192",
        EbpfResult.InvalidArgument,
        "Use fewer or smaller elements; for a per-CPU array a value counts once for each CPU.")
    {
        Relation = CheckRelation.AtMost,
        Numbers = CheckNumbers.Unsigned,
    };

    /// <summary>Create: memory.</summary>
    public static readonly EbpfCheck MapCreateMemory = new(
        4111,
        "map.create.memory",
        "The pool must have the memory that the map needs at once: an array's values, or a hash table's buckets (16 bytes for each, as "
        + "many as max_entries rounded up to a power of two).",
        "given is the bytes of an array, or max_entries of a hash table",
        EbpfResult.NoMemory,
        "Lower max_entries, which is only a hint for hash tables, or boot the machine with a higher pool limit.")
    {
        Relation = CheckRelation.AtMost,
    };
}
