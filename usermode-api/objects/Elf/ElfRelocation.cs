namespace KernelSim.ObjectFiles.Elf;

/// <summary>A relocation: <c>Elf64_Rel</c>. Its addend is in the bytes that it changes.</summary>
/// <param name="FileOffset">Where in the file it is.</param>
/// <param name="Offset"><c>r_offset</c>: what it changes, in bytes from the start of the section.</param>
/// <param name="Type">The lower half of <c>r_info</c>.</param>
/// <param name="Symbol">The symbol that the upper half of <c>r_info</c> names.</param>
internal readonly record struct ElfRelocation(long FileOffset, ulong Offset, ElfRelocationType Type, ElfSymbol Symbol)
{
    /// <summary><c>sizeof(Elf64_Rel)</c>.</summary>
    public const int Length = 16;
}

/// <summary>What a relocation changes, by LLVM's names.</summary>
internal enum ElfRelocationType : uint
{
    /// <summary><c>R_BPF_64_64</c>: the 64 bits of an <c>lddw</c>.</summary>
    Wide = 1,

    /// <summary><c>R_BPF_64_ABS64</c>: 64 bits of data.</summary>
    Data64 = 2,

    /// <summary><c>R_BPF_64_ABS32</c>: 32 bits of data.</summary>
    Data32 = 3,

    /// <summary><c>R_BPF_64_NODYLD32</c>: 32 bits of <c>.BTF.ext</c>, left alone by LLVM's dynamic linker.</summary>
    DebugData32 = 4,

    /// <summary><c>R_BPF_64_32</c>: the immediate of a call.</summary>
    Call = 10,
}
