namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>What an errno is called and which number it has.</summary>
internal sealed class ErrnoRule() : AbiRule(
    "errno.numbers",
    "the numbers of errno values",
    new AbiSide(
        "EOPNOTSUPP 95, ENOBUFS 105, ENAMETOOLONG 36; ENOTSUPP 524 in the kernel only",
        "include/uapi/asm-generic/errno.h; include/linux/errno.h"),
    new AbiSide("ENOTSUP 129, ENOBUFS 119, ENAMETOOLONG 38, EOTHER 131", "the C runtime's errno.h"));
