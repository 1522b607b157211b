namespace KernelSim.Protocol.Checks;

// 43xx: what single map types require beyond what all maps do. 430x are about creating them.
public static partial class CheckTable
{
    /// <summary>Create: the keys of an LPM trie.</summary>
    public static readonly EbpfCheck MapCreateLpmKeySize = new(
        4301,
        "map.create.lpm_key_size",
        "A key of an LPM trie begins with the prefix length, so it has at least 4 bytes.",
        "key_size >= 4",
        EbpfResult.InvalidArgument,
        "Use 4 bytes for the prefix length and as many as the longest prefix takes: 8 for IPv4 addresses, 20 for IPv6.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Create: a queue or stack has no keys.</summary>
    public static readonly EbpfCheck MapCreateCircularKeySize = new(
        4302,
        "map.create.queue_key_size",
        "Queues and stacks have no keys.",
        "key_size = 0",
        EbpfResult.InvalidArgument,
        "Create the map with a key size of 0 and pass no key to its calls.");

    /// <summary>Create: the size of a queue or stack.</summary>
    public static readonly EbpfCheck MapCreateCircularSize = new(
        4303,
        "map.create.queue_size",
        "All values of a queue or stack, with a pointer for each and a header, must not exceed 128 GiB.",
        "max_entries x value_size <= 2^37 - pad64(224 + 8 x max_entries)",
        EbpfResult.InvalidArgument,
        "Use fewer or smaller values.")
    {
        Relation = CheckRelation.AtMost,
        Numbers = CheckNumbers.Unsigned,
    };

    /// <summary>LPM trie: the prefix length in a key.</summary>
    public static readonly EbpfCheck MapLpmPrefixLength = new(
        4310,
        "map.lpm.prefix_length",
        "A prefix cannot be longer than the bits that the key has for it.",
        "the first 4 bytes of the key, in host order, <= (key_size - 4) x 8",
        EbpfResult.InvalidArgument,
        "Put the number of bits into the first 4 bytes of the key, in host order, and the prefix behind them, in network order.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>LPM trie: find and delete.</summary>
    public static readonly EbpfCheck MapLpmFindDelete = new(
        4311,
        "map.lpm.find_and_delete",
        "An element of an LPM trie cannot be looked up and deleted in one step: the element found may have a shorter prefix than the key "
        + "that was given.",
        "find_and_delete = 0 for LPM tries",
        EbpfResult.InvalidArgument,
        "Look it up, and delete the prefix by its exact length in a second call.");

    /// <summary>Queue, stack: full.</summary>
    public static readonly EbpfCheck MapCircularFull = new(
        4320,
        "map.queue.full",
        "A queue or stack takes no more values than max_entries.",
        "values in it < max_entries, or the flag BPF_EXIST",
        EbpfResult.OutOfSpace,
        "Pop values first, or push with BPF_EXIST (2): the oldest value is then dropped.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Update: a map type without keys.</summary>
    public static readonly EbpfCheck MapUpdateKeyless = new(
        4330,
        "map.update.keyless",
        "Maps of a type without keys take no key, even if one was created with a key size.",
        "key_size = 0 for queues, stacks, ring buffers and perf event arrays",
        EbpfResult.InvalidArgument,
        "Create a perf event array with a key size of 0; either way its records are not written by updates.");
}
