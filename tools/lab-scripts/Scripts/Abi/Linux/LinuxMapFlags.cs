namespace KernelSim.LabScripts.Abi.Linux;

/// <summary>Flags of <c>BPF_MAP_CREATE</c>: <c>include/uapi/linux/bpf.h</c>.</summary>
[Flags]
internal enum LinuxMapFlags : uint
{
    None = 0,
    NoPrealloc = 1 << 0,
    NoCommonLru = 1 << 1,
    NumaNode = 1 << 2,
    ReadOnly = 1 << 3,
    WriteOnly = 1 << 4,
    ZeroSeed = 1 << 6,
    ReadOnlyProgram = 1 << 7,
    WriteOnlyProgram = 1 << 8,
    Mmapable = 1 << 10,
    PreserveElements = 1 << 11,
    InnerMap = 1 << 12,

    /// <summary>Who may read and write: user mode by the first two, programs by the others.</summary>
    Access = ReadOnly | WriteOnly | ReadOnlyProgram | WriteOnlyProgram,
}
