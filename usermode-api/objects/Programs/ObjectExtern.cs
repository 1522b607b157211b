namespace KernelSim.ObjectFiles;

/// <summary>A function or variable that an object file uses and that the kernel, or one of its drivers, has.</summary>
/// <param name="Index">Its index in <see cref="BpfObjectFile.Externs"/>.</param>
/// <param name="Name">Its name in C.</param>
/// <param name="Section">The BTF section that declares it: <c>.ksyms</c> or <c>.kconfig</c>.</param>
/// <param name="IsFunction">Whether it is a function.</param>
/// <param name="IsWeak">Whether the file can do without it.</param>
/// <param name="Type">Its BTF type.</param>
/// <param name="Tags">Its declaration tags: eBPF for Windows has the module there that provides it, <c>module_id:{…}</c>.</param>
public sealed record ObjectExtern(
    int Index, string Name, string Section, bool IsFunction, bool IsWeak, int Type, IReadOnlyList<string> Tags);
