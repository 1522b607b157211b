namespace KernelSim.Protocol.Checks;

// 1920 and following: what the library checks when it reads an object file: the ELF file.
public static partial class CheckTable
{
    /// <summary>The file must be large enough for an ELF header.</summary>
    public static readonly EbpfCheck ElfSize = new(
        1920,
        "elf.size",
        "The file must be large enough for an ELF header.",
        "sizeof(Elf64_Ehdr)",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>The file must not be larger than any object file needs to be.</summary>
    public static readonly EbpfCheck ElfLargestSize = new(
        1921,
        "elf.largest_size",
        "The file must not be larger than any object file needs to be.",
        "16 MiB",
        EbpfResult.ElfParsingFailed,
        "Split the programs into several files.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>The file must start with ELF's magic number.</summary>
    public static readonly EbpfCheck ElfMagic = new(
        1922,
        "elf.magic",
        "The file must start with ELF's magic number.",
        "0x7f 'E' 'L' 'F', little endian",
        EbpfResult.ElfParsingFailed,
        "Give an object file, compiled with clang -target bpf -c.")
    {
        Numbers = CheckNumbers.Hexadecimal,
    };

    /// <summary>The file must be a 64-bit one.</summary>
    public static readonly EbpfCheck ElfClass = new(
        1923,
        "elf.class",
        "The file must be a 64-bit one.",
        "ELFCLASS64",
        EbpfResult.ElfParsingFailed,
        "Compile with -target bpf.");

    /// <summary>The file must be little endian.</summary>
    public static readonly EbpfCheck ElfByteOrder = new(
        1924,
        "elf.byte_order",
        "The file must be little endian.",
        "ELFDATA2LSB",
        EbpfResult.ElfParsingFailed,
        "Compile with -target bpf or -target bpfel, not bpfeb.");

    /// <summary>The version of the format must be the current one.</summary>
    public static readonly EbpfCheck ElfVersion = new(
        1925,
        "elf.version",
        "The version of the format must be the current one.",
        "EV_CURRENT",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.");

    /// <summary>The file must be relocatable: an object file, not a linked one.</summary>
    public static readonly EbpfCheck ElfType = new(
        1926,
        "elf.type",
        "The file must be relocatable: an object file, not a linked one.",
        "ET_REL",
        EbpfResult.ElfParsingFailed,
        "Compile with -c and do not link.");

    /// <summary>The file must be for BPF.</summary>
    public static readonly EbpfCheck ElfMachine = new(
        1927,
        "elf.machine",
        "The file must be for BPF.",
        "EM_BPF",
        EbpfResult.ElfParsingFailed,
        "Compile with -target bpf.");

    /// <summary>A section header must have its size.</summary>
    public static readonly EbpfCheck ElfHeaderSize = new(
        1928,
        "elf.section_headers.entry_size",
        "A section header must have its size.",
        "sizeof(Elf64_Shdr)",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.");

    /// <summary>The section headers must come after the ELF header.</summary>
    public static readonly EbpfCheck ElfHeadersStart = new(
        1929,
        "elf.section_headers.start",
        "The section headers must come after the ELF header.",
        "sizeof(Elf64_Ehdr)",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>The section headers must start inside of the file.</summary>
    public static readonly EbpfCheck ElfHeadersEnd = new(
        1930,
        "elf.section_headers.end",
        "The section headers must start inside of the file.",
        "file length - sizeof(Elf64_Shdr)",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>The file must have sections, and their number in the ELF header.</summary>
    public static readonly EbpfCheck ElfSectionCount = new(
        1931,
        "elf.section_headers.count",
        "The file must have sections, and their number in the ELF header.",
        "a section header or more",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>All section headers must be inside of the file.</summary>
    public static readonly EbpfCheck ElfHeadersFit = new(
        1932,
        "elf.section_headers.fit",
        "All section headers must be inside of the file.",
        "(file length - e_shoff) / sizeof(Elf64_Shdr)",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>The section of the sections' names must exist.</summary>
    public static readonly EbpfCheck ElfNamesIndex = new(
        1933,
        "elf.section_names.index",
        "The section of the sections' names must exist.",
        "number of sections",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.LessThan,
    };

    /// <summary>The sections' names must be in a string table.</summary>
    public static readonly EbpfCheck ElfNamesType = new(
        1934,
        "elf.section_names.type",
        "The sections' names must be in a string table.",
        "SHT_STRTAB",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.");

    /// <summary>A section's name must start inside of the string table, end there, and have at most 512 bytes.</summary>
    public static readonly EbpfCheck ElfSectionName = new(
        1935,
        "elf.section.name",
        "A section's name must start inside of the string table, end there, and have at most 512 bytes.",
        "an offset in the string table",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A section's bytes must be inside of the file.</summary>
    public static readonly EbpfCheck ElfSectionRange = new(
        1936,
        "elf.section.range",
        "A section's bytes must be inside of the file.",
        "file length - sh_offset",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>Sections must not overlap: together they have at most as many bytes as the file.</summary>
    public static readonly EbpfCheck ElfSectionTotal = new(
        1937,
        "elf.section.total",
        "Sections must not overlap: together they have at most as many bytes as the file.",
        "file length",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>The file must have one symbol table.</summary>
    public static readonly EbpfCheck ElfSymbolTables = new(
        1938,
        "elf.symbol_table.count",
        "The file must have one symbol table.",
        "one section of type SHT_SYMTAB",
        EbpfResult.ElfParsingFailed,
        "Do not strip the file: llvm-strip -g keeps what is needed.");

    /// <summary>A symbol must have its size.</summary>
    public static readonly EbpfCheck ElfSymbolSize = new(
        1939,
        "elf.symbol_table.entry_size",
        "A symbol must have its size.",
        "sizeof(Elf64_Sym)",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.");

    /// <summary>The symbol table must hold whole symbols.</summary>
    public static readonly EbpfCheck ElfSymbolsWhole = new(
        1940,
        "elf.symbol_table.whole",
        "The symbol table must hold whole symbols.",
        "sizeof(Elf64_Sym)",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.MultipleOf,
    };

    /// <summary>The symbol table must not have more symbols than the limit.</summary>
    public static readonly EbpfCheck ElfSymbolCount = new(
        1941,
        "elf.symbol_table.symbols",
        "The symbol table must not have more symbols than the limit.",
        "262,144",
        EbpfResult.ElfParsingFailed,
        "Split the programs into several files.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>The symbol table must name the section of its names.</summary>
    public static readonly EbpfCheck ElfSymbolNames = new(
        1942,
        "elf.symbol_table.names",
        "The symbol table must name the section of its names.",
        "number of sections",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.LessThan,
    };

    /// <summary>The symbols' names must be in a string table.</summary>
    public static readonly EbpfCheck ElfSymbolNamesType = new(
        1943,
        "elf.symbol_table.names_type",
        "The symbols' names must be in a string table.",
        "SHT_STRTAB",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.");

    /// <summary>A symbol's name must start inside of the string table, end there, and have at most 512 bytes.</summary>
    public static readonly EbpfCheck ElfSymbolName = new(
        1944,
        "elf.symbol.name",
        "A symbol's name must start inside of the string table, end there, and have at most 512 bytes.",
        "an offset in the string table",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A symbol's section must exist.</summary>
    public static readonly EbpfCheck ElfSymbolSection = new(
        1945,
        "elf.symbol.section",
        "A symbol's section must exist.",
        "number of sections",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.LessThan,
    };

    /// <summary>A symbol must be inside of its section.</summary>
    public static readonly EbpfCheck ElfSymbolRange = new(
        1946,
        "elf.symbol.range",
        "A symbol must be inside of its section.",
        "sh_size - st_value",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>A variable must have a section: a tentative definition in the common block has none.</summary>
    public static readonly EbpfCheck ElfSymbolCommon = new(
        1947,
        "elf.symbol.common",
        "A variable must have a section: a tentative definition in the common block has none.",
        "a section of the file",
        EbpfResult.ElfParsingFailed,
        "Give the variable an initial value, or compile with -fno-common.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A symbol that code uses must be defined, or be an extern in .ksyms.</summary>
    public static readonly EbpfCheck ElfSymbolUndefined = new(
        1948,
        "elf.symbol.undefined",
        "A symbol that code uses must be defined, or be an extern in .ksyms.",
        "a symbol with a section, or a BTF variable or function of .ksyms",
        EbpfResult.ElfParsingFailed,
        "Define the function or variable in this file, or correct its name.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A relocation must have its size.</summary>
    public static readonly EbpfCheck ElfRelocationSize = new(
        1949,
        "elf.relocation.entry_size",
        "A relocation must have its size.",
        "sizeof(Elf64_Rel)",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.");

    /// <summary>A section of relocations must hold whole relocations.</summary>
    public static readonly EbpfCheck ElfRelocationsWhole = new(
        1950,
        "elf.relocation.whole",
        "A section of relocations must hold whole relocations.",
        "sizeof(Elf64_Rel)",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.MultipleOf,
    };

    /// <summary>Relocations must use the file's symbol table.</summary>
    public static readonly EbpfCheck ElfRelocationSymbols = new(
        1951,
        "elf.relocation.symbols",
        "Relocations must use the file's symbol table.",
        "index of .symtab",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.");

    /// <summary>The section that relocations change must exist.</summary>
    public static readonly EbpfCheck ElfRelocationTarget = new(
        1952,
        "elf.relocation.target",
        "The section that relocations change must exist.",
        "number of sections",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.LessThan,
    };

    /// <summary>Relocations of code and maps must keep their addends in place.</summary>
    public static readonly EbpfCheck ElfRelocationAddend = new(
        1953,
        "elf.relocation.addend",
        "Relocations of code and maps must keep their addends in place.",
        "SHT_REL",
        EbpfResult.ElfParsingFailed,
        "Compile with clang -target bpf, which writes SHT_REL.");

    /// <summary>A relocation's symbol must exist.</summary>
    public static readonly EbpfCheck ElfRelocationSymbol = new(
        1954,
        "elf.relocation.symbol",
        "A relocation's symbol must exist.",
        "number of symbols",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.LessThan,
    };

    /// <summary>A relocation must be of a kind that its place can have.</summary>
    public static readonly EbpfCheck ElfRelocationType = new(
        1955,
        "elf.relocation.type",
        "A relocation must be of a kind that its place can have.",
        "R_BPF_64_64 (1) for an lddw, R_BPF_64_32 (10) for a call",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A relocation must be inside of the section that it changes.</summary>
    public static readonly EbpfCheck ElfRelocationOffset = new(
        1956,
        "elf.relocation.offset",
        "A relocation must be inside of the section that it changes.",
        "sh_size - size of what it changes",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>A relocation of code must be at the start of an instruction.</summary>
    public static readonly EbpfCheck ElfRelocationAlignment = new(
        1957,
        "elf.relocation.alignment",
        "A relocation of code must be at the start of an instruction.",
        "8 bytes",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.MultipleOf,
    };

    /// <summary>Only an lddw or a call can be relocated.</summary>
    public static readonly EbpfCheck ElfRelocationInstruction = new(
        1958,
        "elf.relocation.instruction",
        "Only an lddw or a call can be relocated.",
        "opcode 0x18 for R_BPF_64_64, 0x85 for R_BPF_64_32",
        EbpfResult.ElfParsingFailed,
        "Take the address of a map or variable in C, or with lddw in assembly.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>An instruction must be relocated at most once.</summary>
    public static readonly EbpfCheck ElfRelocationTwice = new(
        1959,
        "elf.relocation.twice",
        "An instruction must be relocated at most once.",
        "one relocation for an offset",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>A section of code must hold whole instructions.</summary>
    public static readonly EbpfCheck ElfCodeSize = new(
        1960,
        "elf.code.size",
        "A section of code must hold whole instructions.",
        "8 bytes",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.MultipleOf,
    };

    /// <summary>A function must start at an instruction and hold whole instructions.</summary>
    public static readonly EbpfCheck ElfFunctionAlignment = new(
        1961,
        "elf.function.alignment",
        "A function must start at an instruction and hold whole instructions.",
        "8 bytes",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.MultipleOf,
    };

    /// <summary>A function must have an instruction.</summary>
    public static readonly EbpfCheck ElfFunctionEmpty = new(
        1962,
        "elf.function.empty",
        "A function must have an instruction.",
        "8 bytes",
        EbpfResult.ElfParsingFailed,
        "Give the function a body.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>Functions of a section must not overlap.</summary>
    public static readonly EbpfCheck ElfFunctionOverlap = new(
        1963,
        "elf.function.overlap",
        "Functions of a section must not overlap.",
        "end of the function before",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>An lddw must be followed by its second half, in the same function.</summary>
    public static readonly EbpfCheck ElfInstructionSecondHalf = new(
        1964,
        "elf.instruction.second_half",
        "An lddw must be followed by its second half, in the same function.",
        "instructions left in the function",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>A call must be to the start of a function of the file.</summary>
    public static readonly EbpfCheck ElfCallTarget = new(
        1965,
        "elf.call.target",
        "A call must be to the start of a function of the file.",
        "the offset of a function",
        EbpfResult.ElfParsingFailed,
        "Call a function by its name.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>The address of code must be that of a function of the file.</summary>
    public static readonly EbpfCheck ElfAddressTarget = new(
        1966,
        "elf.address.target",
        "The address of code must be that of a function of the file.",
        "the offset of a function",
        EbpfResult.ElfParsingFailed,
        "Take the address of a function, not of a label in it.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>An lddw must refer to a map, a global variable or a function.</summary>
    public static readonly EbpfCheck ElfReferenceSection = new(
        1967,
        "elf.reference.section",
        "An lddw must refer to a map, a global variable or a function.",
        "a symbol in .maps, maps, .data, .rodata, .bss, or in code",
        EbpfResult.ElfParsingFailed,
        "Put the variable in .data, .rodata or .bss, the map in .maps.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A reference to a map must be to its start.</summary>
    public static readonly EbpfCheck ElfMapReference = new(
        1968,
        "elf.reference.map",
        "A reference to a map must be to its start.",
        "the offset of a map",
        EbpfResult.ElfParsingFailed,
        "Refer to the map by its name; its fields cannot be read by a program.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A reference to a global variable must be inside of its section.</summary>
    public static readonly EbpfCheck ElfDataReference = new(
        1969,
        "elf.reference.data",
        "A reference to a global variable must be inside of its section.",
        "sh_size",
        EbpfResult.ElfParsingFailed,
        "Compile the file again, or check that it arrived whole.")
    {
        Relation = CheckRelation.LessThan,
    };

    /// <summary>A program with all functions that it calls must not be longer than the limit.</summary>
    public static readonly EbpfCheck ElfProgramSize = new(
        1970,
        "elf.program.size",
        "A program with all functions that it calls must not be longer than the limit.",
        "1,000,000 instructions",
        EbpfResult.ElfParsingFailed,
        "Split the program with tail calls.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>All programs together, each with the functions that it calls, must not be longer than the limit.</summary>
    public static readonly EbpfCheck ElfTotalSize = new(
        1971,
        "elf.program.total",
        "All programs together, each with the functions that it calls, must not be longer than the limit.",
        "2,000,000 instructions",
        EbpfResult.ElfParsingFailed,
        "Split the programs into several files.")
    {
        Relation = CheckRelation.AtMost,
    };

    /// <summary>The license must be a short text that ends with a zero byte.</summary>
    public static readonly EbpfCheck ElfLicense = new(
        1972,
        "elf.license.length",
        "The license must be a short text that ends with a zero byte.",
        "128 bytes",
        EbpfResult.ElfParsingFailed,
        "Define the licence as a string that ends with NUL: char LICENSE[] SEC(\"license\") = \"MIT\".")
    {
        Relation = CheckRelation.AtMost,
    };
}
