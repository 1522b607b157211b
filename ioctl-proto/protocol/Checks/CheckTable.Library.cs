using KernelSim.Protocol.Messages;

namespace KernelSim.Protocol.Checks;

// 1xxx: the user library. 10xx serve several calls, 11xx single elements and creation, 13xx objects and strings, 14xx the typed .NET API. The groups
// 12xx and 15xx to 18xx have files of their own. Checks named ..._size compare a buffer with what a call would touch: only the checked
// library has them.
public static partial class CheckTable
{
    private const string ElementFormula = "value_size, or for a per-CPU map pad8(value_size) x possible CPUs";

    /// <summary>A descriptor with a handle behind it.</summary>
    public static readonly EbpfCheck ApiDescriptor = new(
        1001,
        "api.descriptor",
        "The descriptor must have an operating-system handle behind it.",
        "an open descriptor (they are numbered from 3)",
        EbpfResult.InvalidFd,
        "Pass a descriptor that a call of this process returned and that is still open.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A map behind the descriptor.</summary>
    public static readonly EbpfCheck ApiMapProperties = new(
        1002,
        "api.map_properties",
        "The library must be able to read the map's definition; it cannot if the descriptor stands for a program or a link.",
        "object info of the descriptor has type EBPF_OBJECT_MAP",
        EbpfResult.InvalidArgument,
        "Pass a descriptor of a map.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>The device can be opened.</summary>
    public static readonly EbpfCheck ApiDevice = new(
        1003,
        "api.device",
        "The library must be able to open the eBPF device.",
        @"NtCreateFile(\\.\EbpfIoDevice) succeeds",
        EbpfResult.AccessDenied,
        "Load the driver, and run the program as an elevated administrator: the device admits no one else.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A fixed reply has its size.</summary>
    public static readonly EbpfCheck ApiReplyLength = new(
        1004,
        "api.reply_length",
        "A reply of fixed size must come back with exactly that size.",
        "bytes in the reply = size of the reply structure",
        EbpfResult.InvalidArgument,
        "Library and driver disagree on the protocol; check that they are of the same version.");

    /// <summary>The per-CPU product.</summary>
    public static readonly EbpfCheck ApiValueOverflow = new(
        1005,
        "api.value_overflow",
        "The size of a whole per-CPU value must fit 32 bits.",
        "pad8(value_size) x possible CPUs < 2^32",
        EbpfResult.ArithmeticOverflow,
        "Use smaller values.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>The header's 16-bit length.</summary>
    public static readonly EbpfCheck ApiMessageLength = new(
        1006,
        "api.message_length",
        "A request must not be longer than its header can say.",
        $"length of the request <= {EbpfDevice.MaxMessageBytes}",
        EbpfResult.ArithmeticOverflow,
        "Use smaller keys, values or names: one request must carry all of them.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>A key is given exactly where the map has keys.</summary>
    public static readonly EbpfCheck ApiKeyPresence = new(
        1007,
        "api.key_presence",
        "A key must be passed exactly if the map has keys.",
        "key = NULL if and only if key_size = 0",
        EbpfResult.InvalidArgument,
        "Pass NULL as the key of a queue or stack, and a key of key_size bytes for every other map.");

    /// <summary>The flags of an update.</summary>
    public static readonly EbpfCheck ApiUpdateFlags = new(
        1008,
        "api.update_flags",
        "An update's flags must be one of the three options.",
        "flags in { BPF_ANY = 0, BPF_NOEXIST = 1, BPF_EXIST = 2 }",
        EbpfResult.InvalidArgument,
        "Pass BPF_ANY, BPF_NOEXIST or BPF_EXIST; BPF_F_LOCK and BPF_F_CPU are Linux only.")
    {
        Relation = CheckRelation.AtMost,
        Numbers = CheckNumbers.Unsigned,
    };

    /// <summary>The descriptor that is the value of a map of maps or a program array.</summary>
    public static readonly EbpfCheck ApiValueDescriptor = new(
        1009,
        "api.value_descriptor",
        "A value of a map of maps or program array must be an open descriptor, or -1.",
        "value = -1, or an open descriptor",
        EbpfResult.InvalidFd,
        "Pass the 4-byte descriptor of a map or program of this process, or -1 for none.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>One value in one reply.</summary>
    public static readonly EbpfCheck ApiValueFits = new(
        1010,
        "api.value_fits",
        "A whole value must fit one reply. (Upstream sends the request, and the driver refuses it.)",
        $"value <= {EbpfDevice.MaxMessageBytes} - {MapFindElementReply.TailOffset}; value = " + ElementFormula,
        EbpfResult.InvalidArgument,
        "Use smaller values, or a machine with fewer possible CPUs: no buffer, however large, can carry this value.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Options of map creation.</summary>
    public static readonly EbpfCheck ApiMapCreateOpts = new(
        1101,
        "api.map_create.opts_size",
        "The options must be readable to their end.",
        "bytes from opts to the end of its block >= sizeof(bpf_map_create_opts) = 80",
        EbpfResult.InvalidArgument,
        "Pass a whole bpf_map_create_opts, or NULL for the defaults.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Options that are not supported.</summary>
    public static readonly EbpfCheck ApiMapCreateFlags = new(
        1102,
        "api.map_create.flags",
        "Map flags, NUMA node and interface are not supported.",
        "opts.map_flags = opts.numa_node = opts.map_ifindex = 0",
        EbpfResult.InvalidArgument,
        "Leave these three options 0; a map needs no BPF_F_NO_PREALLOC here.");

    /// <summary>The map's name.</summary>
    public static readonly EbpfCheck ApiMapCreateName = new(
        1103,
        "api.map_create.name",
        "The name must be terminated inside its block.",
        "a zero byte between name and the end of its block",
        EbpfResult.InvalidArgument,
        "Pass a zero-terminated string of at most 63 bytes, or NULL.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>The structure that <c>bpf_create_map_xattr</c> is given.</summary>
    public static readonly EbpfCheck ApiMapCreateAttr = new(
        1104,
        "api.map_create.attr_size",
        "The attributes must be readable to their end.",
        "bytes from create_attr to the end of its block >= sizeof(bpf_create_map_attr) = 56",
        EbpfResult.InvalidArgument,
        "Pass a whole bpf_create_map_attr, or call bpf_map_create.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Key of a single lookup.</summary>
    public static readonly EbpfCheck ApiLookupKeySize = new(
        1111,
        "api.lookup.key_size",
        "The key must be readable in full.",
        "bytes from key to the end of its block >= key_size",
        EbpfResult.InvalidArgument,
        "Pass a key of key_size bytes.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Value of a single lookup.</summary>
    public static readonly EbpfCheck ApiLookupValueSize = new(
        1112,
        "api.lookup.value_size",
        "There must be room for the whole value.",
        "bytes from value to the end of its block >= " + ElementFormula,
        EbpfResult.InvalidArgument,
        "Allocate pad8(value_size) x libbpf_num_possible_cpus() bytes for a value of a per-CPU map.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Key of a single update.</summary>
    public static readonly EbpfCheck ApiUpdateKeySize = new(
        1121,
        "api.update.key_size",
        "The key must be readable in full.",
        "bytes from key to the end of its block >= key_size",
        EbpfResult.InvalidArgument,
        "Pass a key of key_size bytes.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Value of a single update.</summary>
    public static readonly EbpfCheck ApiUpdateValueSize = new(
        1122,
        "api.update.value_size",
        "The whole value must be readable.",
        "bytes from value to the end of its block >= " + ElementFormula,
        EbpfResult.InvalidArgument,
        "Pass one slot of pad8(value_size) bytes for each possible CPU as the value of a per-CPU map.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Key of a single delete.</summary>
    public static readonly EbpfCheck ApiDeleteKeySize = new(
        1131,
        "api.delete.key_size",
        "The key must be readable in full.",
        "bytes from key to the end of its block >= key_size",
        EbpfResult.InvalidArgument,
        "Pass a key of key_size bytes.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Deleting needs keys.</summary>
    public static readonly EbpfCheck ApiDeleteNoKeys = new(
        1132,
        "api.delete.no_keys",
        "A map without keys has nothing to delete by key.",
        "key_size > 0",
        EbpfResult.InvalidArgument,
        "Take from a queue or stack with bpf_map_lookup_and_delete_elem and a NULL key.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Room for the next key is given.</summary>
    public static readonly EbpfCheck ApiNextKeyNull = new(
        1141,
        "api.next_key.next_key",
        "There must be a place for the next key.",
        "next_key != NULL",
        EbpfResult.InvalidArgument,
        "Pass a buffer of key_size bytes as next_key.")
    {
        Numbers = CheckNumbers.Presence,
    };

    /// <summary>Iterating needs keys.</summary>
    public static readonly EbpfCheck ApiNextKeyNoKeys = new(
        1142,
        "api.next_key.no_keys",
        "A map without keys cannot be iterated.",
        "key_size > 0",
        EbpfResult.OperationNotSupported,
        "Queues, stacks and ring buffers are read by taking from them.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>The previous key.</summary>
    public static readonly EbpfCheck ApiNextKeyKeySize = new(
        1143,
        "api.next_key.key_size",
        "The previous key must be readable in full.",
        "bytes from key to the end of its block >= key_size",
        EbpfResult.InvalidArgument,
        "Pass a key of key_size bytes, or NULL for the first key.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Room for the next key.</summary>
    public static readonly EbpfCheck ApiNextKeyRoom = new(
        1144,
        "api.next_key.next_key_size",
        "There must be room for the next key.",
        "bytes from next_key to the end of its block >= key_size",
        EbpfResult.InvalidArgument,
        "Pass a buffer of key_size bytes as next_key.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Length of an info buffer.</summary>
    public static readonly EbpfCheck ApiInfoLength = new(
        1301,
        "api.info.length",
        "An info buffer must come with its length.",
        "info = NULL, or info_len != NULL and *info_len > 0",
        EbpfResult.InvalidArgument,
        "Pass the address of the buffer's length: sizeof(struct bpf_map_info) = 96 for a map.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>The length of an info buffer can be read and written.</summary>
    public static readonly EbpfCheck ApiInfoLengthSize = new(
        1302,
        "api.info.length_size",
        "The length must lie in memory that can be read and written.",
        "bytes from info_len to the end of its block >= 4",
        EbpfResult.InvalidArgument,
        "Pass the address of a 32-bit length.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>The info buffer.</summary>
    public static readonly EbpfCheck ApiInfoSize = new(
        1303,
        "api.info.size",
        "The info buffer must be as long as the caller says.",
        "bytes from info to the end of its block >= *info_len",
        EbpfResult.InvalidArgument,
        "Set *info_len to the buffer's size.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>A valid pin path.</summary>
    public static readonly EbpfCheck ApiPinPath = new(
        1311,
        "api.pin.path",
        "The path must have a canonical form.",
        @"path != NULL, no ':' but in the prefix BPF:, no step above the root, BPF: + path < 260 bytes",
        EbpfResult.InvalidArgument,
        @"Pass a path such as /ebpf/global/name.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A descriptor number that can be pinned.</summary>
    public static readonly EbpfCheck ApiPinDescriptor = new(
        1312,
        "api.pin.descriptor",
        "Descriptors of 0 and below are refused before they are looked up.",
        "fd > 0",
        EbpfResult.InvalidArgument,
        "Pass a descriptor of a map, program or link.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Room for an id.</summary>
    public static readonly EbpfCheck ApiNextIdSize = new(
        1321,
        "api.next_id.size",
        "There must be room for the id.",
        "bytes from next_id to the end of its block >= 4",
        EbpfResult.InvalidArgument,
        "Pass the address of a 32-bit id.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Room for an error text.</summary>
    public static readonly EbpfCheck ApiStrerrorBuffer = new(
        1331,
        "api.strerror.buffer",
        "There must be room for the text.",
        "buf != NULL and size > 0",
        EbpfResult.InvalidArgument,
        "Pass a buffer and its size.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Room for an error text, of the size that the caller gives.</summary>
    public static readonly EbpfCheck ApiStrerrorSize = new(
        1332,
        "api.strerror.size",
        "The buffer must be as long as the caller says.",
        "bytes from buf to the end of its block >= size",
        EbpfResult.InvalidArgument,
        "Pass the buffer's real size.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>A map of the type that the class stands for.</summary>
    public static readonly EbpfCheck TypedMapType = new(
        1401,
        "typed.open.type",
        "A typed map must be opened on a map of its own type.",
        "map type = the class's type",
        EbpfResult.InvalidArgument,
        "Open the map with the class for its type, such as HashMap, PerCpuArrayMap or HashOfMaps.")
    {
        Numbers = EbpfNumbers.MapType,
    };

    /// <summary>A key type of the map's size.</summary>
    public static readonly EbpfCheck TypedKeySize = new(
        1402,
        "typed.open.key_size",
        "The key type must have the size of the map's keys.",
        "sizeof(TKey) = key_size",
        EbpfResult.InvalidArgument,
        "Use a key type with exactly key_size bytes, padding included.");

    /// <summary>A value type of the map's size.</summary>
    public static readonly EbpfCheck TypedValueSize = new(
        1403,
        "typed.open.value_size",
        "The value type must have the size of one CPU's value.",
        "sizeof(TValue) = value_size, one CPU's, not padded",
        EbpfResult.InvalidArgument,
        "Use a value type with exactly value_size bytes; the API itself takes care of CPUs and of padding to 8.");

    /// <summary>Values for all keys.</summary>
    public static readonly EbpfCheck TypedValuesLength = new(
        1411,
        "typed.values_length",
        "The span of values must match the span of keys.",
        "values.Length = keys.Length, or for a per-CPU map keys.Length x CPUs",
        EbpfResult.InvalidArgument,
        "Pass one value for each key, and for a per-CPU map one for each key and possible CPU.");

    /// <summary>Slots for all CPUs.</summary>
    public static readonly EbpfCheck TypedCpuCount = new(
        1412,
        "typed.cpu_count",
        "A per-CPU value must have a slot for each possible CPU.",
        "slots = possible CPUs",
        EbpfResult.InvalidArgument,
        "Make the value with the map's NewValue(), or pass a span of CpuCount values.");
}
