namespace KernelSim.Protocol.Checks;

// 1870 and following: what the library checks when it reads an object file: the types, BTF.
public static partial class CheckTable
{
    /// <summary>The section .BTF must be large enough for its header.</summary>
    public static readonly EbpfCheck BtfHeaderSize = new(
        1870,
        "btf.header.size",
        "The section .BTF must be large enough for its header.",
        "sizeof(struct btf_header)",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>BTF must start with its magic number.</summary>
    public static readonly EbpfCheck BtfMagic = new(
        1871,
        "btf.header.magic",
        "BTF must start with its magic number.",
        "the magic number",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Numbers = CheckNumbers.Hexadecimal,
    };

    /// <summary>The version of BTF must be the current one.</summary>
    public static readonly EbpfCheck BtfVersion = new(
        1872,
        "btf.header.version",
        "The version of BTF must be the current one.",
        "1",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.");

    /// <summary>BTF's header must be as long as the version needs and inside of the section.</summary>
    public static readonly EbpfCheck BtfHeaderLength = new(
        1873,
        "btf.header.hdr_len",
        "BTF's header must be as long as the version needs and inside of the section.",
        "from sizeof(struct btf_header) to the section's size",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>The types must start at a multiple of 4.</summary>
    public static readonly EbpfCheck BtfTypesAligned = new(
        1874,
        "btf.types.alignment",
        "The types must start at a multiple of 4.",
        "4 bytes",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.MultipleOf,
    };

    /// <summary>The types must be inside of the section.</summary>
    public static readonly EbpfCheck BtfTypesRange = new(
        1875,
        "btf.types.range",
        "The types must be inside of the section.",
        "section size - hdr_len - type_off",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>The strings must be inside of the section.</summary>
    public static readonly EbpfCheck BtfStringsRange = new(
        1876,
        "btf.strings.range",
        "The strings must be inside of the section.",
        "section size - hdr_len - str_off",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>The strings must start and end with a zero byte.</summary>
    public static readonly EbpfCheck BtfStringsEnds = new(
        1877,
        "btf.strings.ends",
        "The strings must start and end with a zero byte.",
        "0",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.");

    /// <summary>A type must be of a kind that is known.</summary>
    public static readonly EbpfCheck BtfKind = new(
        1878,
        "btf.type.kind",
        "A type must be of a kind that is known.",
        "BTF_KIND_ENUM64",
        EbpfResult.ElfParsingFailed,
        "Use a compiler that writes BTF without newer kinds.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>A type's record must be inside of the types.</summary>
    public static readonly EbpfCheck BtfTypeRange = new(
        1879,
        "btf.type.range",
        "A type's record must be inside of the types.",
        "bytes left in the types",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>A file must not have more types than the limit.</summary>
    public static readonly EbpfCheck BtfTypeCount = new(
        1880,
        "btf.types.count",
        "A file must not have more types than the limit.",
        "262,144, with void",
        EbpfResult.ElfParsingFailed,
        "Split the programs into several files.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>A name must be inside of the strings.</summary>
    public static readonly EbpfCheck BtfName = new(
        1881,
        "btf.type.name",
        "A name must be inside of the strings.",
        "str_len",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.LessThan,
    };

    /// <summary>A name must have at most 512 bytes.</summary>
    public static readonly EbpfCheck BtfNameLength = new(
        1882,
        "btf.type.name_length",
        "A name must have at most 512 bytes.",
        "a name of at most 512 bytes",
        EbpfResult.ElfParsingFailed,
        "Shorten the name.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A type that another refers to must exist.</summary>
    public static readonly EbpfCheck BtfReference = new(
        1883,
        "btf.type.reference",
        "A type that another refers to must exist.",
        "number of types, with void",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.LessThan,
    };

    /// <summary>The section .BTF.ext must be large enough for its header.</summary>
    public static readonly EbpfCheck BtfExtHeaderSize = new(
        1884,
        "btf.ext.header.size",
        "The section .BTF.ext must be large enough for its header.",
        "24 bytes",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>.BTF.ext must start with BTF's magic number.</summary>
    public static readonly EbpfCheck BtfExtMagic = new(
        1885,
        "btf.ext.header.magic",
        ".BTF.ext must start with BTF's magic number.",
        "the magic number",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Numbers = CheckNumbers.Hexadecimal,
    };

    /// <summary>The version of .BTF.ext must be the current one.</summary>
    public static readonly EbpfCheck BtfExtVersion = new(
        1886,
        "btf.ext.header.version",
        "The version of .BTF.ext must be the current one.",
        "1",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.");

    /// <summary>.BTF.ext's header must be as long as the version needs and inside of the section.</summary>
    public static readonly EbpfCheck BtfExtHeaderLength = new(
        1887,
        "btf.ext.header.hdr_len",
        ".BTF.ext's header must be as long as the version needs and inside of the section.",
        "from 24 to the section's size",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>Line and function info must start at a multiple of 4.</summary>
    public static readonly EbpfCheck BtfExtAligned = new(
        1888,
        "btf.ext.info.alignment",
        "Line and function info must start at a multiple of 4.",
        "4 bytes",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.MultipleOf,
    };

    /// <summary>Line and function info must be inside of the section.</summary>
    public static readonly EbpfCheck BtfExtRange = new(
        1889,
        "btf.ext.info.range",
        "Line and function info must be inside of the section.",
        "section size - hdr_len - offset",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>A record of line or function info must have the size of its fields or more.</summary>
    public static readonly EbpfCheck BtfExtRecordSize = new(
        1890,
        "btf.ext.info.record_size",
        "A record of line or function info must have the size of its fields or more.",
        "a multiple of 4, from the size of its fields to 256",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>The records of a section must be inside of the info.</summary>
    public static readonly EbpfCheck BtfExtSection = new(
        1891,
        "btf.ext.info.section",
        "The records of a section must be inside of the info.",
        "bytes left in the info",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Line and function info must name its section.</summary>
    public static readonly EbpfCheck BtfExtSectionName = new(
        1892,
        "btf.ext.info.section_name",
        "Line and function info must name its section.",
        "a name of at most 512 bytes in the strings",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>Line and function info must belong to a section of code.</summary>
    public static readonly EbpfCheck BtfExtCode = new(
        1893,
        "btf.ext.info.code",
        "Line and function info must belong to a section of code.",
        "the name of a section of code",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>The info of a section must have a record.</summary>
    public static readonly EbpfCheck BtfExtCount = new(
        1894,
        "btf.ext.info.count",
        "The info of a section must have a record.",
        "1",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>A record must belong to an instruction of its section.</summary>
    public static readonly EbpfCheck BtfExtOffset = new(
        1895,
        "btf.ext.info.offset",
        "A record must belong to an instruction of its section.",
        "a multiple of 8, less than the section's size",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A line's file and text must be in the strings.</summary>
    public static readonly EbpfCheck BtfExtString = new(
        1896,
        "btf.ext.line.string",
        "A line's file and text must be in the strings.",
        "str_len",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.LessThan,
    };

    /// <summary>A function's type must be a function.</summary>
    public static readonly EbpfCheck BtfExtType = new(
        1897,
        "btf.ext.function.type",
        "A function's type must be a function.",
        "BTF_KIND_FUNC",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.");
}
