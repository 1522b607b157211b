namespace KernelSim.Protocol.Checks;

// 18xx: the library's bpf call. What it passes on is checked as in the library function that the command stands for.
public static partial class CheckTable
{
    /// <summary>A command that exists.</summary>
    public static readonly EbpfCheck ApiBpfCommand = new(
        1801,
        "api.bpf.command",
        "The command must be one that eBPF for Windows has. GetLastError returns ERROR_CALL_NOT_IMPLEMENTED.",
        "cmd in { 0 to 15, 21, 30, 31, 34, 35 }",
        EbpfResult.InvalidArgument,
        "Call the library function itself, such as bpf_map_lookup_batch: not every function has a command.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>The structure has the size that the caller gives.</summary>
    public static readonly EbpfCheck ApiBpfSize = new(
        1802,
        "api.bpf.size",
        "A structure must be as long as the caller says.",
        "bytes from the structure to the end of its block >= its size",
        EbpfResult.InvalidArgument,
        "Pass sizeof(the structure) and the structure's address.")
    {
        Relation = CheckRelation.AtLeast,
    };

    /// <summary>The bytes beyond the part that this library knows.</summary>
    public static readonly EbpfCheck ApiBpfTail = new(
        1803,
        "api.bpf.tail",
        "A structure may be longer than this library knows, but the additional bytes must be zero. A shorter one is treated as padded with zeros.",
        "0 in every byte beyond the known part",
        EbpfResult.InvalidArgument,
        "Clear the whole structure before filling it in, and do not use fields newer than this library.");

    /// <summary>Fields that a command does not use.</summary>
    public static readonly EbpfCheck ApiBpfReserved = new(
        1804,
        "api.bpf.reserved",
        "Flags and fields that a command does not use must be 0.",
        "0",
        EbpfResult.InvalidArgument,
        "Clear the whole structure before filling it in.")
    {
        Numbers = CheckNumbers.Unsigned,
    };

    /// <summary>A terminated name.</summary>
    public static readonly EbpfCheck ApiBpfName = new(
        1805,
        "api.bpf.name",
        "A name must end within its 16 bytes.",
        "a zero byte in map_name",
        EbpfResult.InvalidArgument,
        "Use a name of at most 15 bytes, or bpf_map_create for one of up to 63.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>Loading bytecode.</summary>
    public static readonly EbpfCheck ApiBpfProgLoad = new(
        1806,
        "api.bpf.prog_load",
        "This build loads native modules only. GetLastError returns ERROR_NOT_SUPPORTED.",
        "a native module",
        EbpfResult.InvalidArgument,
        "Compile the program to a native module and load it with bpf_object__load.")
    {
        Relation = CheckRelation.InWords,
    };
}
