using KernelSim.LabScripts.Abi.Linux;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>The flags that a map is created with.</summary>
internal sealed class CreateFlagsRule() : AbiRule(
    "create.flags",
    "the flags of a map",
    new AbiSide(
        "each type takes its own; an LPM trie needs BPF_F_NO_PREALLOC",
        "kernel/bpf/hashtab.c, htab_map_alloc_check; arraymap.c, array_map_alloc_check; lpm_trie.c, trie_alloc"),
    new AbiSide("-EINVAL for any but 0", "libs/api/libbpf_map.cpp, bpf_map_create"))
{
    /// <inheritdoc/>
    public override LinuxErrno? OnCreate(LinuxMapRequest request)
    {
        LinuxMapFlags flags = request.Flags;
        LinuxMapType row = request.Row!;
        if (flags != LinuxMapFlags.None)
        {
            request.Calls.Cite(this);
        }

        if (row.Evicts && flags == LinuxMapFlags.NoPrealloc)
        {
            return LinuxErrno.ENOTSUPP;
        }

        bool needsMore = row.Family == LinuxMapFamily.Trie && !flags.HasFlag(LinuxMapFlags.NoPrealloc);
        return needsMore || (flags & ~row.Flags) != 0 || Both(flags, LinuxMapFlags.ReadOnly | LinuxMapFlags.WriteOnly)
            || Both(flags, LinuxMapFlags.ReadOnlyProgram | LinuxMapFlags.WriteOnlyProgram)
            ? LinuxErrno.EINVAL
            : null;
    }

    private static bool Both(LinuxMapFlags flags, LinuxMapFlags pair) => (flags & pair) == pair;
}
