using KernelSim.LabScripts.Abi.Linux;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>Prefixes that no key can hold.</summary>
internal sealed class LongPrefixRule() : AbiRule(
    "lpm.longer_prefix",
    "a lookup of a prefix longer than the keys of an LPM trie",
    new AbiSide("-ENOENT", "kernel/bpf/lpm_trie.c, trie_lookup_elem"),
    new AbiSide("-EINVAL", "libs/execution_context/ebpf_maps.c, _find_lpm_map_entry"))
{
    /// <inheritdoc/>
    public override LinuxErrno? OnElement(in ElementRequest request) =>
        request is { Operation: ElementOperation.Lookup, Map.Family: LinuxMapFamily.Trie } && request.PrefixLength > request.Map.LongestPrefix
            ? LinuxErrno.ENOENT
            : null;
}
