namespace KernelSim.Protocol.Checks;

// 12xx: the user library's batches. Checks named ..._size compare a buffer with what a call would touch: only the checked library has them.
public static partial class CheckTable
{
    /// <summary>Options of a batch call.</summary>
    public static readonly EbpfCheck ApiBatchOptsSize = new(
        1201,
        "api.batch.opts_size",
        "The options must be readable to their end.",
        "bytes from opts to the end of its block >= sizeof(bpf_map_batch_opts) = 24",
        EbpfResult.InvalidArgument,
        "Pass a whole bpf_map_batch_opts, or NULL for the defaults.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>The flags of a batch call.</summary>
    public static readonly EbpfCheck ApiBatchFlags = new(
        1202,
        "api.batch.flags",
        "Batch calls take no flags.",
        "opts.flags = 0",
        EbpfResult.InvalidArgument,
        "Leave opts.flags 0. The option of an update goes into opts.elem_flags.")
    {
        Numbers = CheckNumbers.Unsigned,
    };

    /// <summary>The element flags of calls that take none.</summary>
    public static readonly EbpfCheck ApiBatchElemFlags = new(
        1203,
        "api.batch.elem_flags",
        "Lookup and delete take no element flags.",
        "opts.elem_flags = 0",
        EbpfResult.InvalidArgument,
        "Leave opts.elem_flags 0; only an update uses it.")
    {
        Numbers = CheckNumbers.Unsigned,
    };

    /// <summary>The count can be read and written.</summary>
    public static readonly EbpfCheck ApiBatchCountSize = new(
        1204,
        "api.batch.count_size",
        "The count must lie in memory that can be read and written.",
        "bytes from count to the end of its block >= 4",
        EbpfResult.InvalidArgument,
        "Pass the address of a 32-bit count.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>At least one element.</summary>
    public static readonly EbpfCheck ApiBatchCount = new(
        1205,
        "api.batch.count",
        "A batch must have at least one element. (Linux returns 0 for none.)",
        "count >= 1",
        EbpfResult.InvalidArgument,
        "Do not call with a count of 0. After a call, count holds what was processed: set it again before the next call.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Keys and values.</summary>
    public static readonly EbpfCheck ApiBatchZeroSize = new(
        1206,
        "api.batch.zero_size",
        "Only maps with keys and values have batch operations.",
        "key_size > 0 and value_size > 0",
        EbpfResult.InvalidArgument,
        "Use the single-element calls on queues, stacks and ring buffers.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>One record in one message.</summary>
    public static readonly EbpfCheck ApiBatchRecordFits = new(
        1207,
        "api.batch.record_fits",
        "One element must fit one message.",
        "key_size + value, and of a delete key_size alone, <= 65535 - fixed part of the message; value = " + ElementFormula,
        EbpfResult.InvalidArgument,
        "Use smaller values, or a machine with fewer possible CPUs: no buffer, however large, can carry this element.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>A reply with at least one record.</summary>
    public static readonly EbpfCheck ApiBatchRecordsReturned = new(
        1208,
        "api.batch.records_returned",
        "A reply must hold at least one whole record.",
        "bytes of the reply after its header >= key_size + value as the library sizes it",
        EbpfResult.InvalidArgument,
        "The library made room for less than one of the kernel's records: it left out the CPUs.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>All sent, all processed.</summary>
    public static readonly EbpfCheck ApiBatchProcessed = new(
        1209,
        "api.batch.processed",
        "The driver must have processed as many elements as the message carried.",
        "count in the reply = elements sent",
        EbpfResult.InvalidArgument,
        "Library and driver disagree on the size of a record.");

    /// <summary>Keys of a batch lookup.</summary>
    public static readonly EbpfCheck ApiLookupBatchKeysSize = new(
        1211,
        "api.lookup_batch.keys_size",
        "There must be room for all keys.",
        "bytes from keys to the end of its block >= count x key_size",
        EbpfResult.InvalidArgument,
        "Allocate count x key_size bytes for keys, or ask for fewer elements.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Values of a batch lookup.</summary>
    public static readonly EbpfCheck ApiLookupBatchValuesSize = new(
        1212,
        "api.lookup_batch.values_size",
        "There must be room for all values.",
        "bytes from values to the end of its block >= count x value; value = " + ElementFormula,
        EbpfResult.InvalidArgument,
        "Allocate count x pad8(value_size) x libbpf_num_possible_cpus() bytes for values of a per-CPU map, or ask for fewer elements.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>The input cursor.</summary>
    public static readonly EbpfCheck ApiLookupBatchInBatchSize = new(
        1213,
        "api.lookup_batch.in_batch_size",
        "The cursor must be readable in full: it is a key.",
        "bytes from in_batch to the end of its block >= key_size",
        EbpfResult.InvalidArgument,
        "Pass the out_batch buffer of the previous call, or NULL to start. It needs key_size bytes, not the 4 of Linux.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Room for the output cursor.</summary>
    public static readonly EbpfCheck ApiLookupBatchOutBatchSize = new(
        1214,
        "api.lookup_batch.out_batch_size",
        "There must be room for the cursor: it is a key.",
        "bytes from out_batch to the end of its block >= key_size",
        EbpfResult.InvalidArgument,
        "Allocate key_size bytes for out_batch, not the 4 of Linux.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Keys of a batch update.</summary>
    public static readonly EbpfCheck ApiUpdateBatchKeysSize = new(
        1221,
        "api.update_batch.keys_size",
        "All keys must be readable.",
        "bytes from keys to the end of its block >= count x key_size",
        EbpfResult.InvalidArgument,
        "Pass count x key_size bytes of keys.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Values of a batch update.</summary>
    public static readonly EbpfCheck ApiUpdateBatchValuesSize = new(
        1222,
        "api.update_batch.values_size",
        "All values must be readable.",
        "bytes from values to the end of its block >= count x value; value = " + ElementFormula,
        EbpfResult.InvalidArgument,
        "Pass one slot of pad8(value_size) bytes for each possible CPU of each element as values of a per-CPU map.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Keys of a batch delete.</summary>
    public static readonly EbpfCheck ApiDeleteBatchKeysSize = new(
        1231,
        "api.delete_batch.keys_size",
        "All keys must be readable.",
        "bytes from keys to the end of its block >= count x key_size",
        EbpfResult.InvalidArgument,
        "Pass count x key_size bytes of keys.")
    {
        Relation = CheckRelation.AtLeast,
    };
}
