namespace KernelSim.ObjectFiles;

/// <summary>What a section holds: <c>sh_type</c>, by the names of the ELF specification.</summary>
public enum ElfSectionType : uint
{
    /// <summary><c>SHT_NULL</c>: an unused row.</summary>
    Null = 0,

    /// <summary><c>SHT_PROGBITS</c>: instructions or data.</summary>
    ProgBits = 1,

    /// <summary><c>SHT_SYMTAB</c>: symbols.</summary>
    SymTab = 2,

    /// <summary><c>SHT_STRTAB</c>: names.</summary>
    StrTab = 3,

    /// <summary><c>SHT_RELA</c>: relocations with addends, which BPF does not use.</summary>
    Rela = 4,

    /// <summary><c>SHT_NOBITS</c>: zeroes that take no space in the file.</summary>
    NoBits = 8,

    /// <summary><c>SHT_REL</c>: relocations whose addends are in the section that they change.</summary>
    Rel = 9,

    /// <summary><c>SHT_LLVM_ADDRSIG</c>: for LLVM's linker.</summary>
    LlvmAddrSig = 0x6fff4c03,
}
