namespace KernelSim.Protocol.Checks;

// 47xx: maps that hold objects (maps of maps, program arrays), and maps that extensions provide. 470x are about creating the former, 471x
// about putting objects in, 475x about custom maps.
public static partial class CheckTable
{
    /// <summary>Create: values of a map of objects.</summary>
    public static readonly EbpfCheck MapCreateObjectValue = new(
        4701,
        "map.create.object_value_size",
        "A value of a map of maps or a program array is an object's id as user mode reads it.",
        "value_size = 4",
        EbpfResult.InvalidArgument,
        "Create the map with a value size of 4.");

    /// <summary>Create: the template of a map of maps.</summary>
    public static readonly EbpfCheck MapCreateTemplate = new(
        4702,
        "map.create.template",
        "A map of maps needs a template: a map like those that it is to hold.",
        "inner_map_handle != -1",
        EbpfResult.InvalidFd,
        "Create an inner map first and pass it (inner_map_fd in libbpf's options). Only the template's definition is used; it may be "
        + "closed afterwards.")
    {
        Relation = CheckRelation.InWords,
        Numbers = CheckNumbers.Hexadecimal,
    };

    /// <summary>Find and delete in a map of objects.</summary>
    public static readonly EbpfCheck MapFindDeleteObject = new(
        4710,
        "map.find_and_delete.object",
        "Elements of a map of objects cannot be looked up and deleted in one step.",
        "find_and_delete = 0 for maps of maps and program arrays",
        EbpfResult.InvalidArgument,
        "Look the object's id up, open the object by its id, then delete the element in a second call.");

    /// <summary>Put an object in: the type of the inner map.</summary>
    public static readonly EbpfCheck MapInnerType = new(
        4711,
        "map.inner.type",
        "A map in a map of maps must be of its template's type.",
        "type of the inner map = type of the template",
        EbpfResult.InvalidObject,
        "Put in maps that were created like the template.")
    {
        Numbers = EbpfNumbers.MapType,
    };

    /// <summary>Put an object in: the keys of the inner map.</summary>
    public static readonly EbpfCheck MapInnerKeySize = new(
        4712,
        "map.inner.key_size",
        "A map in a map of maps must have its template's key size.",
        "key_size of the inner map = key_size of the template",
        EbpfResult.InvalidObject,
        "Put in maps that were created like the template.");

    /// <summary>Put an object in: the values of the inner map.</summary>
    public static readonly EbpfCheck MapInnerValueSize = new(
        4713,
        "map.inner.value_size",
        "A map in a map of maps must have its template's value size.",
        "value bytes of the inner map = value bytes of the template, where value bytes = value_size, or for a per-CPU map pad8(value_size) "
        + "x possible CPUs",
        EbpfResult.InvalidObject,
        "Put in maps that were created like the template.");

    /// <summary>Put an object in: the entries of the inner map.</summary>
    public static readonly EbpfCheck MapInnerMaxEntries = new(
        4714,
        "map.inner.max_entries",
        "A map in a map of maps must have its template's max_entries.",
        "max_entries of the inner map = max_entries of the template",
        EbpfResult.InvalidObject,
        "Put in maps that were created like the template.");

    /// <summary>Put an object in: its program type.</summary>
    public static readonly EbpfCheck MapObjectProgramType = new(
        4715,
        "map.object.program_type",
        "All programs that a map of objects holds or serves are of one type: that of the first.",
        "program type of the object = program type of the map, once it has one; given is the id of the object, expected that of the map",
        EbpfResult.InvalidFd,
        "Use one program array for each program type.")
    {
        Relation = CheckRelation.InWords,
        Accepts = "an object for programs of the type of map {0}",
    };

    /// <summary>Create: a custom map's client.</summary>
    public static readonly EbpfCheck MapCustomClient = new(
        4750,
        "map.custom.client",
        "The driver must be able to register a client for the map with the network module registrar.",
        "NmrRegisterClient succeeds; given is its status",
        EbpfResult.NoMemory,
        "Try again when the machine has more memory.")
    {
        Numbers = CheckNumbers.Status,
    };

    /// <summary>Create: a custom map's provider.</summary>
    public static readonly EbpfCheck MapCustomProvider = new(
        4751,
        "map.custom.provider",
        "A map of a custom type needs the extension that provides the type, over the hash store.",
        "a provider of the map NPI with this map_type attaches; given is the map type",
        EbpfResult.ExtensionFailedToLoad,
        "Load the extension first. One that is being unloaded takes no new maps.")
    {
        Relation = CheckRelation.InWords,
        Numbers = EbpfNumbers.MapType,
    };

    /// <summary>Create: the result of a custom map's provider.</summary>
    public static readonly EbpfCheck MapCustomRefused = new(
        4752,
        "map.custom.create",
        "The provider of a custom map type must agree to the map's definition.",
        "the provider's preprocess_map_create returns EBPF_SUCCESS (0); given is the ebpf_result_t that it returned",
        EbpfResult.ExtensionFailedToLoad,
        "Create the map with the sizes that the extension's documentation gives.")
    {
        Numbers = EbpfNumbers.Result,
    };

    /// <summary>Use by a program: the answer of a custom map's provider.</summary>
    public static readonly EbpfCheck MapCustomProgramType = new(
        4759,
        "map.custom.program_type",
        "The provider of a custom map must accept programs of this type.",
        "the provider's associate_program_type does not return EBPF_OPERATION_NOT_SUPPORTED (18); given is the ebpf_result_t that it returned",
        EbpfResult.OperationNotSupported,
        "Use the map in programs of the types that the extension's documentation names.")
    {
        Numbers = EbpfNumbers.Result,
    };

    /// <summary>Create: the size of a custom map's values.</summary>
    public static readonly EbpfCheck MapCustomValueSize = new(
        4753,
        "map.custom.value_size",
        "A custom map's provider must store values of at least one byte, and of the size asked for unless it rewrites them.",
        "actual_value_size > 0, and actual_value_size = value_size unless updates_original_value; given is the provider's size, expected the map's",
        EbpfResult.InvalidArgument,
        "Set updates_original_value in the provider, or have it return the map's own value size.")
    {
        Accepts = "{0}, or of a provider that rewrites values 1 to 2147483647",
    };

    /// <summary>Create: callbacks of a provider that rewrites values.</summary>
    public static readonly EbpfCheck MapCustomCallbacks = new(
        4754,
        "map.custom.callbacks",
        "A provider that rewrites values must have the callbacks for find, update and delete.",
        "updates_original_value = false, or the three callbacks are present (1)",
        EbpfResult.InvalidArgument,
        "Give the provider the missing callbacks.")
    {
        Numbers = CheckNumbers.Presence,
    };

    /// <summary>Update: a custom map is full.</summary>
    public static readonly EbpfCheck MapCustomFull = new(
        4755,
        "map.custom.full",
        "A custom map takes no more elements than max_entries, unlike an ordinary hash map.",
        "elements < max_entries for a new key",
        EbpfResult.OutOfSpace,
        "Delete elements first, or create the map larger.")
    {
        Relation = CheckRelation.LessThan,
    };

    /// <summary>A provider registers: a number that maps can have.</summary>
    public static readonly EbpfCheck MapCustomType = new(
        4756,
        "map.custom.type",
        "A provider must be of a map type that is an extension's.",
        "map_type = 15, 16, or 32768 to 65535; given is the map type",
        EbpfResult.InvalidArgument,
        "Take a number from 32768 to 65535 that no other extension of the machine has; 15 and 16 are those of eBPF for Windows.")
    {
        Relation = CheckRelation.InWords,
        Accepts = MapTypeTable.CustomTypeNumbers,
    };

    /// <summary>A provider registers: a base type.</summary>
    public static readonly EbpfCheck MapCustomBase = new(
        4757,
        "map.custom.base",
        "The base type must be one that has a value for each key and no handles in it.",
        "base_map_type in { hash, array, lru_hash, lpm_trie }; given is the base type",
        EbpfResult.OperationNotSupported,
        "Use BPF_MAP_TYPE_HASH, the only one that eBPF for Windows has, or one of the three others.")
    {
        Relation = CheckRelation.InWords,
        Numbers = EbpfNumbers.MapType,
        Accepts = "hash, array, lru_hash or lpm_trie",
    };

    /// <summary>A provider registers: its callbacks.</summary>
    public static readonly EbpfCheck MapCustomDispatch = new(
        4758,
        "map.custom.dispatch",
        "A provider must come with its data and with the callbacks that every provider has.",
        "provider data, dispatch, preprocess_map_create, postprocess_map_delete and associate_program_type != NULL",
        EbpfResult.InvalidArgument,
        "Fill in the three callbacks; those for elements may be left out.")
    {
        Numbers = CheckNumbers.Presence,
    };
}
