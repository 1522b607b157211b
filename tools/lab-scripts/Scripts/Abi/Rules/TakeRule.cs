using KernelSim.LabScripts.Abi.Linux;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>Types whose elements cannot be taken one by one.</summary>
internal sealed class TakeRule() : AbiRule(
    "lookup_and_delete.types",
    "single lookup-and-delete of an array, an LPM trie or a map of maps",
    new AbiSide("-ENOTSUPP", "kernel/bpf/syscall.c, map_lookup_and_delete_elem"),
    new AbiSide("-EINVAL", "libs/execution_context/ebpf_maps.c, ebpf_map_find_entry"))
{
    /// <inheritdoc/>
    public override LinuxErrno? OnElement(in ElementRequest request) =>
        request.Operation == ElementOperation.LookupAndDelete && !request.Map.Type.TakesElements ? LinuxErrno.ENOTSUPP : null;
}
