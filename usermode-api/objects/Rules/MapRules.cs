using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Rules;

/// <summary>What must hold of map definitions and global variables.</summary>
internal static class MapRules
{
    private const string CompileAgain = "Compile the file again, or check that it arrived whole.";

    public static readonly ObjectRule Btf = new(
        "maps.btf",
        "Maps in .maps are defined by BTF.",
        "a section .BTF with a DATASEC .maps",
        "Compile with -g.")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule Count = new(
        "maps.count",
        "A file must not define more maps than the limit.",
        "4,096",
        "Split the programs into several files.")
    {
        Relation = CheckRelation.AtMost,
    };

    public static readonly ObjectRule Variable = new(
        "maps.variable",
        "Each map of .maps must be a variable with a symbol in that section.",
        "a symbol of the map's name in .maps",
        CompileAgain)
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule Name = new(
        "maps.name",
        "A map must have a name.",
        "a name",
        "Name the variable.")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule Unique = new(
        "maps.unique",
        "A map's name must be unique.",
        "a name that no other map has",
        "Rename one of the maps.")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule Linkage = new(
        "maps.linkage",
        "A map must be a global variable.",
        "BTF_VAR_GLOBAL_ALLOCATED",
        "Leave out static.");

    public static readonly ObjectRule Struct = new(
        "maps.struct",
        "A map's definition must be a struct.",
        "BTF_KIND_STRUCT",
        "Declare the map as a structure in the section: struct { __uint(type, …); … } name SEC(\".maps\").");

    public static readonly ObjectRule Size = new(
        "maps.size",
        "A map's definition must fit in its variable, and both in the section.",
        "the variable's size",
        CompileAgain)
    {
        Relation = CheckRelation.AtMost,
    };

    public static readonly ObjectRule Fields = new(
        "maps.fields",
        "A map's definition must not have more fields than the limit.",
        "32",
        "Leave out fields that are no attributes of a map.")
    {
        Relation = CheckRelation.AtMost,
    };

    public static readonly ObjectRule Field = new(
        "maps.field.unknown",
        "A field of a map's definition must be known.",
        "type, key, key_size, value, value_size, max_entries, map_flags, map_extra, numa_node, pinning or values",
        "Correct the field's name, or leave it out.")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule FieldTwice = new(
        "maps.field.twice",
        "A map must have each of its fields once.",
        "once",
        "Leave out one of them.");

    public static readonly ObjectRule Number = new(
        "maps.field.number",
        "A number of a map's definition must be written with __uint.",
        "a pointer to an array, whose length is the number",
        "Write __uint(name, value).")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule Type = new(
        "maps.field.pointer",
        "A key or value type of a map's definition must be written with __type.",
        "a pointer to the type",
        "Write __type(name, type).")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule TypeSize = new(
        "maps.field.type_size",
        "The size of a key or value type must be known and at most 4 GiB.",
        "a type with a size",
        "Give the size with __uint(key_size, …) or __uint(value_size, …).")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule SizeConflict = new(
        "maps.field.size_conflict",
        "A size and a type of a map's key or value must agree.",
        "the size that the definition gave before",
        "Leave out the size: the type has it.");

    public static readonly ObjectRule TypeMissing = new(
        "maps.type",
        "A map must have a type.",
        "a type other than BPF_MAP_TYPE_UNSPEC",
        "Write __uint(type, BPF_MAP_TYPE_…).")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule Pinning = new(
        "maps.pinning",
        "A map is pinned by name or not at all.",
        "LIBBPF_PIN_BY_NAME",
        "Write __uint(pinning, LIBBPF_PIN_BY_NAME), or leave it out.")
    {
        Relation = CheckRelation.AtMost,
    };

    public static readonly ObjectRule Values = new(
        "maps.values.array",
        "The field values must be written with __array.",
        "an array of length 0 whose elements are pointers",
        "Write __array(values, struct inner) or __array(values, int (void *)).")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule ValuesLast = new(
        "maps.values.last",
        "The field values must be the last one.",
        "the index of the last field",
        "Move it to the end.");

    public static readonly ObjectRule ValuesType = new(
        "maps.values.type",
        "Only a map of maps or a program array can have the field values, with its type before it.",
        "BPF_MAP_TYPE_ARRAY_OF_MAPS, BPF_MAP_TYPE_HASH_OF_MAPS or BPF_MAP_TYPE_PROG_ARRAY",
        "Give the map one of these types, or leave out values.")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule ValuesNested = new(
        "maps.values.nested",
        "The template of inner maps cannot be a map of maps.",
        "no field values",
        "Use one level of inner maps.")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule ValuesElement = new(
        "maps.values.element",
        "The elements of values must be maps, or programs in a program array.",
        "a pointer to a struct, or to a function",
        "Write __array(values, struct inner) or __array(values, int (void *)).")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule InitialPlace = new(
        "maps.initial.place",
        "An initial value must be in the field values of a map.",
        "an element of values",
        "Initialise only .values.")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule InitialIndex = new(
        "maps.initial.index",
        "An initial value must be for an element that the map has.",
        "max_entries",
        "Give the map more entries, or fewer values.")
    {
        Relation = CheckRelation.LessThan,
    };

    public static readonly ObjectRule InitialMap = new(
        "maps.initial.map",
        "An initial value of a map of maps must be a map of .maps.",
        "the start of a map",
        "Write [index] = &map.")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule InitialProgram = new(
        "maps.initial.program",
        "An initial value of a program array must be a program.",
        "the start of a program that has a section of its own",
        "Write [index] = &program, with SEC(…) at the program.")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule LegacySize = new(
        "maps.legacy.size",
        "A definition in a section maps must have the fields type, key_size, value_size and max_entries.",
        "16 bytes",
        "Use struct bpf_map_def, or define the map in .maps.")
    {
        Relation = CheckRelation.AtLeast,
    };

    public static readonly ObjectRule LegacyRecords = new(
        "maps.legacy.records",
        "Definitions in a section maps must all have one size and fill the section.",
        "the size of the smallest one",
        "Use one struct for all maps of a section.")
    {
        Relation = CheckRelation.MultipleOf,
    };

    public static readonly ObjectRule LegacyPlace = new(
        "maps.legacy.place",
        "A map's symbol must be at the start of a definition.",
        "the size of a definition",
        CompileAgain)
    {
        Relation = CheckRelation.MultipleOf,
    };

    public static readonly ObjectRule LegacyInnerIndex = new(
        "maps.legacy.inner_map_idx",
        "The inner map of a map of maps must exist.",
        "number of maps",
        "Correct inner_map_idx: it counts the maps of the file from 0.")
    {
        Relation = CheckRelation.LessThan,
    };

    public static readonly ObjectRule LegacyInnerId = new(
        "maps.legacy.inner_id",
        "The inner map of a map of maps must exist.",
        "the id of a map",
        "Give one map this id.")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule DataSize = new(
        "maps.data.size",
        "The sections of global variables must not be larger than the limit together.",
        "64 MiB",
        "Use a map for large data.")
    {
        Relation = CheckRelation.AtMost,
    };

    public static readonly ObjectRule DataPointer = new(
        "maps.data.pointer",
        "A global variable cannot hold the address of a variable or function: a program gets addresses only when it is loaded.",
        "no relocation in the section",
        "Compute the address in the program, or use a map of maps or a program array.")
    {
        Relation = CheckRelation.InWords,
    };
}
