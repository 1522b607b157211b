using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Rules;

/// <summary>What must hold of the ELF file: sections, symbols, relocations, functions.</summary>
internal static class ElfRules
{
    private const string CompileAgain = "Compile the file again, or check that it arrived whole.";

    public static readonly ObjectRule Size = new(
        "elf.size",
        "The file must be large enough for an ELF header.",
        "sizeof(Elf64_Ehdr)",
        CompileAgain)
    {
        Relation = CheckRelation.AtLeast,
    };

    public static readonly ObjectRule LargestSize = new(
        "elf.largest_size",
        "The file must not be larger than any object file needs to be.",
        "16 MiB",
        "Split the programs into several files.")
    {
        Relation = CheckRelation.AtMost,
    };

    public static readonly ObjectRule Magic = new(
        "elf.magic",
        "The file must start with ELF's magic number.",
        "0x7f 'E' 'L' 'F', little endian",
        "Give an object file, compiled with clang -target bpf -c.")
    {
        Numbers = CheckNumbers.Hexadecimal,
    };

    public static readonly ObjectRule Class = new(
        "elf.class",
        "The file must be a 64-bit one.",
        "ELFCLASS64",
        "Compile with -target bpf.");

    public static readonly ObjectRule ByteOrder = new(
        "elf.byte_order",
        "The file must be little endian.",
        "ELFDATA2LSB",
        "Compile with -target bpf or -target bpfel, not bpfeb.");

    public static readonly ObjectRule Version = new(
        "elf.version",
        "The version of the format must be the current one.",
        "EV_CURRENT",
        CompileAgain);

    public static readonly ObjectRule Type = new(
        "elf.type",
        "The file must be relocatable: an object file, not a linked one.",
        "ET_REL",
        "Compile with -c and do not link.");

    public static readonly ObjectRule Machine = new(
        "elf.machine",
        "The file must be for BPF.",
        "EM_BPF",
        "Compile with -target bpf.");

    public static readonly ObjectRule HeaderSize = new(
        "elf.section_headers.entry_size",
        "A section header must have its size.",
        "sizeof(Elf64_Shdr)",
        CompileAgain);

    public static readonly ObjectRule HeadersStart = new(
        "elf.section_headers.start",
        "The section headers must come after the ELF header.",
        "sizeof(Elf64_Ehdr)",
        CompileAgain)
    {
        Relation = CheckRelation.AtLeast,
    };

    public static readonly ObjectRule HeadersEnd = new(
        "elf.section_headers.end",
        "The section headers must start inside of the file.",
        "file length - sizeof(Elf64_Shdr)",
        CompileAgain)
    {
        Relation = CheckRelation.AtMost,
    };

    public static readonly ObjectRule SectionCount = new(
        "elf.section_headers.count",
        "The file must have sections, and their number in the ELF header.",
        "a section header or more",
        CompileAgain)
    {
        Relation = CheckRelation.AtLeast,
    };

    public static readonly ObjectRule HeadersFit = new(
        "elf.section_headers.fit",
        "All section headers must be inside of the file.",
        "(file length - e_shoff) / sizeof(Elf64_Shdr)",
        CompileAgain)
    {
        Relation = CheckRelation.AtMost,
    };

    public static readonly ObjectRule NamesIndex = new(
        "elf.section_names.index",
        "The section of the sections' names must exist.",
        "number of sections",
        CompileAgain)
    {
        Relation = CheckRelation.LessThan,
    };

    public static readonly ObjectRule NamesType = new(
        "elf.section_names.type",
        "The sections' names must be in a string table.",
        "SHT_STRTAB",
        CompileAgain);

    public static readonly ObjectRule SectionName = new(
        "elf.section.name",
        "A section's name must start inside of the string table, end there, and have at most 512 bytes.",
        "an offset in the string table",
        CompileAgain)
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule SectionRange = new(
        "elf.section.range",
        "A section's bytes must be inside of the file.",
        "file length - sh_offset",
        CompileAgain)
    {
        Relation = CheckRelation.AtMost,
    };

    public static readonly ObjectRule SectionTotal = new(
        "elf.section.total",
        "Sections must not overlap: together they have at most as many bytes as the file.",
        "file length",
        CompileAgain)
    {
        Relation = CheckRelation.AtMost,
    };

    public static readonly ObjectRule SymbolTables = new(
        "elf.symbol_table.count",
        "The file must have one symbol table.",
        "one section of type SHT_SYMTAB",
        "Do not strip the file: llvm-strip -g keeps what is needed.");

    public static readonly ObjectRule SymbolSize = new(
        "elf.symbol_table.entry_size",
        "A symbol must have its size.",
        "sizeof(Elf64_Sym)",
        CompileAgain);

    public static readonly ObjectRule SymbolsWhole = new(
        "elf.symbol_table.whole",
        "The symbol table must hold whole symbols.",
        "sizeof(Elf64_Sym)",
        CompileAgain)
    {
        Relation = CheckRelation.MultipleOf,
    };

    public static readonly ObjectRule SymbolCount = new(
        "elf.symbol_table.symbols",
        "The symbol table must not have more symbols than the limit.",
        "262,144",
        "Split the programs into several files.")
    {
        Relation = CheckRelation.AtMost,
    };

    public static readonly ObjectRule SymbolNames = new(
        "elf.symbol_table.names",
        "The symbol table must name the section of its names.",
        "number of sections",
        CompileAgain)
    {
        Relation = CheckRelation.LessThan,
    };

    public static readonly ObjectRule SymbolNamesType = new(
        "elf.symbol_table.names_type",
        "The symbols' names must be in a string table.",
        "SHT_STRTAB",
        CompileAgain);

    public static readonly ObjectRule SymbolName = new(
        "elf.symbol.name",
        "A symbol's name must start inside of the string table, end there, and have at most 512 bytes.",
        "an offset in the string table",
        CompileAgain)
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule SymbolSection = new(
        "elf.symbol.section",
        "A symbol's section must exist.",
        "number of sections",
        CompileAgain)
    {
        Relation = CheckRelation.LessThan,
    };

    public static readonly ObjectRule SymbolRange = new(
        "elf.symbol.range",
        "A symbol must be inside of its section.",
        "sh_size - st_value",
        CompileAgain)
    {
        Relation = CheckRelation.AtMost,
    };

    public static readonly ObjectRule SymbolCommon = new(
        "elf.symbol.common",
        "A variable must have a section: a tentative definition in the common block has none.",
        "a section of the file",
        "Give the variable an initial value, or compile with -fno-common.")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule SymbolUndefined = new(
        "elf.symbol.undefined",
        "A symbol that code uses must be defined, or be an extern in .ksyms.",
        "a symbol with a section, or a BTF variable or function of .ksyms",
        "Define the function or variable in this file, or correct its name.")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule RelocationSize = new(
        "elf.relocation.entry_size",
        "A relocation must have its size.",
        "sizeof(Elf64_Rel)",
        CompileAgain);

    public static readonly ObjectRule RelocationsWhole = new(
        "elf.relocation.whole",
        "A section of relocations must hold whole relocations.",
        "sizeof(Elf64_Rel)",
        CompileAgain)
    {
        Relation = CheckRelation.MultipleOf,
    };

    public static readonly ObjectRule RelocationSymbols = new(
        "elf.relocation.symbols",
        "Relocations must use the file's symbol table.",
        "index of .symtab",
        CompileAgain);

    public static readonly ObjectRule RelocationTarget = new(
        "elf.relocation.target",
        "The section that relocations change must exist.",
        "number of sections",
        CompileAgain)
    {
        Relation = CheckRelation.LessThan,
    };

    public static readonly ObjectRule RelocationAddend = new(
        "elf.relocation.addend",
        "Relocations of code and maps must keep their addends in place.",
        "SHT_REL",
        "Compile with clang -target bpf, which writes SHT_REL.");

    public static readonly ObjectRule RelocationSymbol = new(
        "elf.relocation.symbol",
        "A relocation's symbol must exist.",
        "number of symbols",
        CompileAgain)
    {
        Relation = CheckRelation.LessThan,
    };

    public static readonly ObjectRule RelocationType = new(
        "elf.relocation.type",
        "A relocation must be of a kind that its place can have.",
        "R_BPF_64_64 (1) for an lddw, R_BPF_64_32 (10) for a call",
        CompileAgain)
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule RelocationOffset = new(
        "elf.relocation.offset",
        "A relocation must be inside of the section that it changes.",
        "sh_size - size of what it changes",
        CompileAgain)
    {
        Relation = CheckRelation.AtMost,
    };

    public static readonly ObjectRule RelocationAlignment = new(
        "elf.relocation.alignment",
        "A relocation of code must be at the start of an instruction.",
        "8 bytes",
        CompileAgain)
    {
        Relation = CheckRelation.MultipleOf,
    };

    public static readonly ObjectRule RelocationInstruction = new(
        "elf.relocation.instruction",
        "Only an lddw or a call can be relocated.",
        "opcode 0x18 for R_BPF_64_64, 0x85 for R_BPF_64_32",
        "Take the address of a map or variable in C, or with lddw in assembly.")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule RelocationTwice = new(
        "elf.relocation.twice",
        "An instruction must be relocated at most once.",
        "one relocation for an offset",
        CompileAgain)
    {
        Relation = CheckRelation.AtMost,
    };

    public static readonly ObjectRule CodeSize = new(
        "elf.code.size",
        "A section of code must hold whole instructions.",
        "8 bytes",
        CompileAgain)
    {
        Relation = CheckRelation.MultipleOf,
    };

    public static readonly ObjectRule FunctionAlignment = new(
        "elf.function.alignment",
        "A function must start at an instruction and hold whole instructions.",
        "8 bytes",
        CompileAgain)
    {
        Relation = CheckRelation.MultipleOf,
    };

    public static readonly ObjectRule FunctionEmpty = new(
        "elf.function.empty",
        "A function must have an instruction.",
        "8 bytes",
        "Give the function a body.")
    {
        Relation = CheckRelation.AtLeast,
    };

    public static readonly ObjectRule FunctionOverlap = new(
        "elf.function.overlap",
        "Functions of a section must not overlap.",
        "end of the function before",
        CompileAgain)
    {
        Relation = CheckRelation.AtLeast,
    };

    public static readonly ObjectRule InstructionSecondHalf = new(
        "elf.instruction.second_half",
        "An lddw must be followed by its second half, in the same function.",
        "instructions left in the function",
        CompileAgain)
    {
        Relation = CheckRelation.AtLeast,
    };

    public static readonly ObjectRule CallTarget = new(
        "elf.call.target",
        "A call must be to the start of a function of the file.",
        "the offset of a function",
        "Call a function by its name.")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule AddressTarget = new(
        "elf.address.target",
        "The address of code must be that of a function of the file.",
        "the offset of a function",
        "Take the address of a function, not of a label in it.")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule ReferenceSection = new(
        "elf.reference.section",
        "An lddw must refer to a map, a global variable or a function.",
        "a symbol in .maps, maps, .data, .rodata, .bss, or in code",
        "Put the variable in .data, .rodata or .bss, the map in .maps.")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule MapReference = new(
        "elf.reference.map",
        "A reference to a map must be to its start.",
        "the offset of a map",
        "Refer to the map by its name; its fields cannot be read by a program.")
    {
        Relation = CheckRelation.InWords,
    };

    public static readonly ObjectRule DataReference = new(
        "elf.reference.data",
        "A reference to a global variable must be inside of its section.",
        "sh_size",
        CompileAgain)
    {
        Relation = CheckRelation.LessThan,
    };

    public static readonly ObjectRule ProgramSize = new(
        "elf.program.size",
        "A program with all functions that it calls must not be longer than the limit.",
        "1,000,000 instructions",
        "Split the program with tail calls.")
    {
        Relation = CheckRelation.AtMost,
    };

    public static readonly ObjectRule TotalSize = new(
        "elf.program.total",
        "All programs together, each with the functions that it calls, must not be longer than the limit.",
        "2,000,000 instructions",
        "Split the programs into several files.")
    {
        Relation = CheckRelation.AtMost,
    };

    public static readonly ObjectRule License = new(
        "elf.license.length",
        "The license must be a short text that ends with a zero byte.",
        "128 bytes",
        "Define the licence as a string that ends with NUL: char LICENSE[] SEC(\"license\") = \"MIT\".")
    {
        Relation = CheckRelation.AtMost,
    };
}
