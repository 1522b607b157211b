using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Rules;

/// <summary>What must hold of <c>.BTF</c> and <c>.BTF.ext</c>.</summary>
internal static class BtfRules
{
    private const string CompileAgain = "Compile the file again, or check that it arrived whole.";

    public static readonly ObjectRule HeaderSize = new(
        "btf.header.size",
        "The section .BTF must be large enough for its header.",
        "sizeof(struct btf_header)",
        CompileAgain)
    {
        Relation = CheckRelation.AtLeast,
    };

    public static readonly ObjectRule Magic = new(
        "btf.header.magic",
        "BTF must start with its magic number.",
        "the magic number",
        CompileAgain)
    {
        Numbers = CheckNumbers.Hexadecimal,
    };

    public static readonly ObjectRule Version = new(
        "btf.header.version",
        "The version of BTF must be the current one.",
        "1",
        CompileAgain);

    public static readonly ObjectRule HeaderLength = new(
        "btf.header.hdr_len",
        "BTF's header must be as long as the version needs and inside of the section.",
        "from sizeof(struct btf_header) to the section's size",
        CompileAgain)
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule TypesAligned = new(
        "btf.types.alignment",
        "The types must start at a multiple of 4.",
        "4 bytes",
        CompileAgain)
    {
        Relation = CheckRelation.MultipleOf,
    };

    public static readonly ObjectRule TypesRange = new(
        "btf.types.range",
        "The types must be inside of the section.",
        "section size - hdr_len - type_off",
        CompileAgain)
    {
        Relation = CheckRelation.AtMost,
    };

    public static readonly ObjectRule StringsRange = new(
        "btf.strings.range",
        "The strings must be inside of the section.",
        "section size - hdr_len - str_off",
        CompileAgain)
    {
        Relation = CheckRelation.AtMost,
    };

    public static readonly ObjectRule StringsEnds = new(
        "btf.strings.ends",
        "The strings must start and end with a zero byte.",
        "0",
        CompileAgain);

    public static readonly ObjectRule Kind = new(
        "btf.type.kind",
        "A type must be of a kind that is known.",
        "BTF_KIND_ENUM64",
        "Use a compiler that writes BTF without newer kinds.")
    {
        Relation = CheckRelation.AtMost,
    };

    public static readonly ObjectRule TypeRange = new(
        "btf.type.range",
        "A type's record must be inside of the types.",
        "bytes left in the types",
        CompileAgain)
    {
        Relation = CheckRelation.AtMost,
    };

    public static readonly ObjectRule TypeCount = new(
        "btf.types.count",
        "A file must not have more types than the limit.",
        "262,144, with void",
        "Split the programs into several files.")
    {
        Relation = CheckRelation.AtMost,
    };

    public static readonly ObjectRule Name = new(
        "btf.type.name",
        "A name must be inside of the strings.",
        "str_len",
        CompileAgain)
    {
        Relation = CheckRelation.LessThan,
    };

    public static readonly ObjectRule NameLength = new(
        "btf.type.name_length",
        "A name must have at most 512 bytes.",
        "a name of at most 512 bytes",
        "Shorten the name.")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule Reference = new(
        "btf.type.reference",
        "A type that another refers to must exist.",
        "number of types, with void",
        CompileAgain)
    {
        Relation = CheckRelation.LessThan,
    };

    public static readonly ObjectRule ExtHeaderSize = new(
        "btf.ext.header.size",
        "The section .BTF.ext must be large enough for its header.",
        "24 bytes",
        CompileAgain)
    {
        Relation = CheckRelation.AtLeast,
    };

    public static readonly ObjectRule ExtMagic = new(
        "btf.ext.header.magic",
        ".BTF.ext must start with BTF's magic number.",
        "the magic number",
        CompileAgain)
    {
        Numbers = CheckNumbers.Hexadecimal,
    };

    public static readonly ObjectRule ExtVersion = new(
        "btf.ext.header.version",
        "The version of .BTF.ext must be the current one.",
        "1",
        CompileAgain);

    public static readonly ObjectRule ExtHeaderLength = new(
        "btf.ext.header.hdr_len",
        ".BTF.ext's header must be as long as the version needs and inside of the section.",
        "from 24 to the section's size",
        CompileAgain)
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule ExtAligned = new(
        "btf.ext.info.alignment",
        "Line and function info must start at a multiple of 4.",
        "4 bytes",
        CompileAgain)
    {
        Relation = CheckRelation.MultipleOf,
    };

    public static readonly ObjectRule ExtRange = new(
        "btf.ext.info.range",
        "Line and function info must be inside of the section.",
        "section size - hdr_len - offset",
        CompileAgain)
    {
        Relation = CheckRelation.AtMost,
    };

    public static readonly ObjectRule ExtRecordSize = new(
        "btf.ext.info.record_size",
        "A record of line or function info must have the size of its fields or more.",
        "a multiple of 4, from the size of its fields to 256",
        CompileAgain)
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule ExtSection = new(
        "btf.ext.info.section",
        "The records of a section must be inside of the info.",
        "bytes left in the info",
        CompileAgain)
    {
        Relation = CheckRelation.AtMost,
    };

    public static readonly ObjectRule ExtSectionName = new(
        "btf.ext.info.section_name",
        "Line and function info must name its section.",
        "a name of at most 512 bytes in the strings",
        CompileAgain)
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule ExtCode = new(
        "btf.ext.info.code",
        "Line and function info must belong to a section of code.",
        "the name of a section of code",
        CompileAgain)
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule ExtCount = new(
        "btf.ext.info.count",
        "The info of a section must have a record.",
        "1",
        CompileAgain)
    {
        Relation = CheckRelation.AtLeast,
    };

    public static readonly ObjectRule ExtOffset = new(
        "btf.ext.info.offset",
        "A record must belong to an instruction of its section.",
        "a multiple of 8, less than the section's size",
        CompileAgain)
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule ExtString = new(
        "btf.ext.line.string",
        "A line's file and text must be in the strings.",
        "str_len",
        CompileAgain)
    {
        Relation = CheckRelation.LessThan,
    };

    public static readonly ObjectRule ExtType = new(
        "btf.ext.function.type",
        "A function's type must be a function.",
        "BTF_KIND_FUNC",
        CompileAgain);
}
