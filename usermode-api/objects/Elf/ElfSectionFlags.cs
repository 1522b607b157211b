namespace KernelSim.ObjectFiles;

/// <summary>How a section is used: <c>sh_flags</c>.</summary>
[Flags]
public enum ElfSectionFlags : ulong
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary><c>SHF_WRITE</c>.</summary>
    Writable = 1,

    /// <summary><c>SHF_ALLOC</c>: it is in memory while a program runs.</summary>
    Allocated = 2,

    /// <summary><c>SHF_EXECINSTR</c>: it holds instructions.</summary>
    Executable = 4,

    /// <summary><c>SHF_MERGE</c>: equal entries may be merged.</summary>
    Mergeable = 0x10,

    /// <summary><c>SHF_STRINGS</c>: its entries are strings.</summary>
    Strings = 0x20,
}
