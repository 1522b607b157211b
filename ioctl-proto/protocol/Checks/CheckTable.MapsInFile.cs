namespace KernelSim.Protocol.Checks;

// 1830 and following: what the library checks when it reads an object file: maps and global variables.
public static partial class CheckTable
{
    /// <summary>Maps in .maps are defined by BTF.</summary>
    public static readonly EbpfCheck MapsBtf = new(
        1830,
        "maps.btf",
        "Maps in .maps are defined by BTF.",
        "a section .BTF with a DATASEC .maps",
        EbpfResult.ElfParsingFailed,
        "Compile with -g.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A file must not define more maps than the limit.</summary>
    public static readonly EbpfCheck MapsCount = new(
        1831,
        "maps.count",
        "A file must not define more maps than the limit.",
        "4,096",
        EbpfResult.ElfParsingFailed,
        "Split the programs into several files.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Each map of .maps must be a variable with a symbol in that section.</summary>
    public static readonly EbpfCheck MapsVariable = new(
        1832,
        "maps.variable",
        "Each map of .maps must be a variable with a symbol in that section.",
        "a symbol of the map's name in .maps",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A map must have a name.</summary>
    public static readonly EbpfCheck MapsName = new(
        1833,
        "maps.name",
        "A map must have a name.",
        "a name",
        EbpfResult.ElfParsingFailed,
        "Name the variable.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A map's name must be unique.</summary>
    public static readonly EbpfCheck MapsUnique = new(
        1834,
        "maps.unique",
        "A map's name must be unique.",
        "a name that no other map has",
        EbpfResult.ElfParsingFailed,
        "Rename one of the maps.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A map must be a global variable.</summary>
    public static readonly EbpfCheck MapsLinkage = new(
        1835,
        "maps.linkage",
        "A map must be a global variable.",
        "BTF_VAR_GLOBAL_ALLOCATED",
        EbpfResult.ElfParsingFailed,
        "Leave out static.");

    /// <summary>A map's definition must be a struct.</summary>
    public static readonly EbpfCheck MapsStruct = new(
        1836,
        "maps.struct",
        "A map's definition must be a struct.",
        "BTF_KIND_STRUCT",
        EbpfResult.ElfParsingFailed,
        "Declare the map as a structure in the section: struct { __uint(type, …); … } name SEC(\".maps\").");

    /// <summary>A map's definition must fit in its variable, and both in the section.</summary>
    public static readonly EbpfCheck MapsSize = new(
        1837,
        "maps.size",
        "A map's definition must fit in its variable, and both in the section.",
        "the variable's size",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>A map's definition must not have more fields than the limit.</summary>
    public static readonly EbpfCheck MapsFields = new(
        1838,
        "maps.fields",
        "A map's definition must not have more fields than the limit.",
        "32",
        EbpfResult.ElfParsingFailed,
        "Leave out fields that are no attributes of a map.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>A field of a map's definition must be known.</summary>
    public static readonly EbpfCheck MapsField = new(
        1839,
        "maps.field.unknown",
        "A field of a map's definition must be known.",
        "type, key, key_size, value, value_size, max_entries, map_flags, map_extra, numa_node, pinning or values",
        EbpfResult.ElfParsingFailed,
        "Correct the field's name, or leave it out.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A map must have each of its fields once.</summary>
    public static readonly EbpfCheck MapsFieldTwice = new(
        1840,
        "maps.field.twice",
        "A map must have each of its fields once.",
        "once",
        EbpfResult.ElfParsingFailed,
        "Leave out one of them.");

    /// <summary>A number of a map's definition must be written with __uint.</summary>
    public static readonly EbpfCheck MapsNumber = new(
        1841,
        "maps.field.number",
        "A number of a map's definition must be written with __uint.",
        "a pointer to an array, whose length is the number",
        EbpfResult.ElfParsingFailed,
        "Write __uint(name, value).")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A key or value type of a map's definition must be written with __type.</summary>
    public static readonly EbpfCheck MapsType = new(
        1842,
        "maps.field.pointer",
        "A key or value type of a map's definition must be written with __type.",
        "a pointer to the type",
        EbpfResult.ElfParsingFailed,
        "Write __type(name, type).")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>The size of a key or value type must be known and at most 4 GiB.</summary>
    public static readonly EbpfCheck MapsTypeSize = new(
        1843,
        "maps.field.type_size",
        "The size of a key or value type must be known and at most 4 GiB.",
        "a type with a size",
        EbpfResult.ElfParsingFailed,
        "Give the size with __uint(key_size, …) or __uint(value_size, …).")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A size and a type of a map's key or value must agree.</summary>
    public static readonly EbpfCheck MapsSizeConflict = new(
        1844,
        "maps.field.size_conflict",
        "A size and a type of a map's key or value must agree.",
        "the size that the definition gave before",
        EbpfResult.ElfParsingFailed,
        "Leave out the size: the type has it.");

    /// <summary>A map must have a type.</summary>
    public static readonly EbpfCheck MapsTypeMissing = new(
        1845,
        "maps.type",
        "A map must have a type.",
        "a type other than BPF_MAP_TYPE_UNSPEC",
        EbpfResult.ElfParsingFailed,
        "Write __uint(type, BPF_MAP_TYPE_…).")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A map is pinned by name or not at all.</summary>
    public static readonly EbpfCheck MapsPinning = new(
        1846,
        "maps.pinning",
        "A map is pinned by name or not at all.",
        "LIBBPF_PIN_BY_NAME",
        EbpfResult.ElfParsingFailed,
        "Write __uint(pinning, LIBBPF_PIN_BY_NAME), or leave it out.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>The field values must be written with __array.</summary>
    public static readonly EbpfCheck MapsValues = new(
        1847,
        "maps.values.array",
        "The field values must be written with __array.",
        "an array of length 0 whose elements are pointers",
        EbpfResult.ElfParsingFailed,
        "Write __array(values, struct inner) or __array(values, int (void *)).")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>The field values must be the last one.</summary>
    public static readonly EbpfCheck MapsValuesLast = new(
        1848,
        "maps.values.last",
        "The field values must be the last one.",
        "the index of the last field",
        EbpfResult.ElfParsingFailed,
        "Move it to the end.");

    /// <summary>Only a map of maps or a program array can have the field values, with its type before it.</summary>
    public static readonly EbpfCheck MapsValuesType = new(
        1849,
        "maps.values.type",
        "Only a map of maps or a program array can have the field values, with its type before it.",
        "BPF_MAP_TYPE_ARRAY_OF_MAPS, BPF_MAP_TYPE_HASH_OF_MAPS or BPF_MAP_TYPE_PROG_ARRAY",
        EbpfResult.ElfParsingFailed,
        "Give the map one of these types, or leave out values.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>The template of inner maps cannot be a map of maps.</summary>
    public static readonly EbpfCheck MapsValuesNested = new(
        1850,
        "maps.values.nested",
        "The template of inner maps cannot be a map of maps.",
        "no field values",
        EbpfResult.ElfParsingFailed,
        "Use one level of inner maps.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>The elements of values must be maps, or programs in a program array.</summary>
    public static readonly EbpfCheck MapsValuesElement = new(
        1851,
        "maps.values.element",
        "The elements of values must be maps, or programs in a program array.",
        "a pointer to a struct, or to a function",
        EbpfResult.ElfParsingFailed,
        "Write __array(values, struct inner) or __array(values, int (void *)).")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>An initial value must be in the field values of a map.</summary>
    public static readonly EbpfCheck MapsInitialPlace = new(
        1852,
        "maps.initial.place",
        "An initial value must be in the field values of a map.",
        "an element of values",
        EbpfResult.ElfParsingFailed,
        "Initialise only .values.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>An initial value must be for an element that the map has.</summary>
    public static readonly EbpfCheck MapsInitialIndex = new(
        1853,
        "maps.initial.index",
        "An initial value must be for an element that the map has.",
        "max_entries",
        EbpfResult.ElfParsingFailed,
        "Give the map more entries, or fewer values.")
    {
        Relation = CheckRelation.LessThan,
    };

    /// <summary>An initial value of a map of maps must be a map of .maps.</summary>
    public static readonly EbpfCheck MapsInitialMap = new(
        1854,
        "maps.initial.map",
        "An initial value of a map of maps must be a map of .maps.",
        "the start of a map",
        EbpfResult.ElfParsingFailed,
        "Write [index] = &map.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>An initial value of a program array must be a program.</summary>
    public static readonly EbpfCheck MapsInitialProgram = new(
        1855,
        "maps.initial.program",
        "An initial value of a program array must be a program.",
        "the start of a program that has a section of its own",
        EbpfResult.ElfParsingFailed,
        "Write [index] = &program, with SEC(…) at the program.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A definition in a section maps must have the fields type, key_size, value_size and max_entries.</summary>
    public static readonly EbpfCheck MapsLegacySize = new(
        1856,
        "maps.legacy.size",
        "A definition in a section maps must have the fields type, key_size, value_size and max_entries.",
        "16 bytes",
        EbpfResult.ElfParsingFailed,
        "Use struct bpf_map_def, or define the map in .maps.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Definitions in a section maps must all have one size and fill the section.</summary>
    public static readonly EbpfCheck MapsLegacyRecords = new(
        1857,
        "maps.legacy.records",
        "Definitions in a section maps must all have one size and fill the section.",
        "the size of the smallest one",
        EbpfResult.ElfParsingFailed,
        "Use one struct for all maps of a section.")
    {
        Relation = CheckRelation.MultipleOf,
    };

    /// <summary>A map's symbol must be at the start of a definition.</summary>
    public static readonly EbpfCheck MapsLegacyPlace = new(
        1858,
        "maps.legacy.place",
        "A map's symbol must be at the start of a definition.",
        "the size of a definition",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.MultipleOf,
    };

    /// <summary>The inner map of a map of maps must exist.</summary>
    public static readonly EbpfCheck MapsLegacyInnerIndex = new(
        1859,
        "maps.legacy.inner_map_idx",
        "The inner map of a map of maps must exist.",
        "number of maps",
        EbpfResult.ElfParsingFailed,
        "Correct inner_map_idx: it counts the maps of the file from 0.")
    {
        Relation = CheckRelation.LessThan,
    };

    /// <summary>The inner map of a map of maps must exist.</summary>
    public static readonly EbpfCheck MapsLegacyInnerId = new(
        1860,
        "maps.legacy.inner_id",
        "The inner map of a map of maps must exist.",
        "the id of a map",
        EbpfResult.ElfParsingFailed,
        "Give one map this id.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>The sections of global variables must not be larger than the limit together.</summary>
    public static readonly EbpfCheck MapsDataSize = new(
        1861,
        "maps.data.size",
        "The sections of global variables must not be larger than the limit together.",
        "64 MiB",
        EbpfResult.ElfParsingFailed,
        "Use a map for large data.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>A global variable cannot hold the address of a variable or function: a program gets addresses only when it is loaded.</summary>
    public static readonly EbpfCheck MapsDataPointer = new(
        1862,
        "maps.data.pointer",
        "A global variable cannot hold the address of a variable or function: a program gets addresses only when it is loaded.",
        "no relocation in the section",
        EbpfResult.ElfParsingFailed,
        "Compute the address in the program, or use a map of maps or a program array.")
    {
        Relation = CheckRelation.InWords,
    };
}
