namespace KernelSim.Protocol.Checks;

// 47xx: maps that hold objects (maps of maps, program arrays), and maps that extensions provide. 470x are about creating the former, 471x
// about putting objects in, 475x about custom maps.
public static partial class CheckTable
{
    /// <summary>Create: values of a map of objects.</summary>
    public static readonly Check MapCreateObjectValue = new(
        4701,
        "map.create.object_value_size",
        "A value of a map of maps or a program array is an object's id as user mode reads it.",
        "value_size = 4",
        EbpfResult.InvalidArgument,
        "Create the map with a value size of 4.");

    /// <summary>Create: a map of maps has a template.</summary>
    public static readonly Check MapCreateTemplate = new(
        4702,
        "map.create.template",
        "A map of maps takes a template: a map like those that it is to hold.",
        "inner_map_handle != -1",
        EbpfResult.InvalidFd,
        "Create an inner map first and pass it (inner_map_fd in libbpf's options). The template is only looked at; it may be closed afterwards.");

    /// <summary>Find and delete in a map of objects.</summary>
    public static readonly Check MapFindDeleteObject = new(
        4710,
        "map.find_and_delete.object",
        "Elements of a map of objects cannot be looked up and deleted in one step.",
        "find_and_delete = 0 for maps of maps and program arrays",
        EbpfResult.InvalidArgument,
        "Look the object's id up, open the object by its id, then delete the element in a second call.");

    /// <summary>Put an object in: the type of the inner map.</summary>
    public static readonly Check MapInnerType = new(
        4711,
        "map.inner.type",
        "A map in a map of maps must be of its template's type.",
        "type of the inner map = type of the template",
        EbpfResult.InvalidObject,
        "Put in maps that were created like the template.");

    /// <summary>Put an object in: the keys of the inner map.</summary>
    public static readonly Check MapInnerKeySize = new(
        4712,
        "map.inner.key_size",
        "A map in a map of maps must have its template's key size.",
        "key_size of the inner map = key_size of the template",
        EbpfResult.InvalidObject,
        "Put in maps that were created like the template.");

    /// <summary>Put an object in: the values of the inner map.</summary>
    public static readonly Check MapInnerValueSize = new(
        4713,
        "map.inner.value_size",
        "A map in a map of maps must have its template's value size.",
        "value bytes of the inner map = value bytes of the template, where value bytes = value_size, or for a per-CPU map pad8(value_size) x possible CPUs",
        EbpfResult.InvalidObject,
        "Put in maps that were created like the template.");

    /// <summary>Put an object in: the entries of the inner map.</summary>
    public static readonly Check MapInnerMaxEntries = new(
        4714,
        "map.inner.max_entries",
        "A map in a map of maps must have its template's max_entries.",
        "max_entries of the inner map = max_entries of the template",
        EbpfResult.InvalidObject,
        "Put in maps that were created like the template.");

    /// <summary>Put an object in: its program type.</summary>
    public static readonly Check MapObjectProgramType = new(
        4715,
        "map.object.program_type",
        "All programs that a map of objects holds or serves are of one type: that of the first.",
        "program type of the object = program type of the map, once it has one; given is the id of the object, expected that of the map",
        EbpfResult.InvalidFd,
        "Use one program array for each program type.");
}
