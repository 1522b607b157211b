namespace KernelSim.ObjectFiles;

/// <summary>How an object file defines a map.</summary>
public enum ObjectMapKind
{
    /// <summary>By a variable of <c>.maps</c>, whose BTF type has the attributes.</summary>
    Btf,

    /// <summary>By a <c>struct bpf_map_def</c> in a section <c>maps</c> or <c>maps/…</c>.</summary>
    Legacy,

    /// <summary>It holds the global variables of <c>.data</c> or <c>.data.…</c>.</summary>
    Data,

    /// <summary>It holds the constants of <c>.rodata</c> or <c>.rodata.…</c>: programs may only read them.</summary>
    ReadOnlyData,

    /// <summary>It holds the variables of <c>.bss</c> or <c>.bss.…</c>, which start as zero.</summary>
    Bss,
}
