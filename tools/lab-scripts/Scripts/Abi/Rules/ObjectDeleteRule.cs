using KernelSim.LabScripts.Abi.Linux;
using KernelSim.Protocol;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>Slots of an array of objects that have nothing to delete.</summary>
internal sealed class ObjectDeleteRule() : AbiRule(
    "objects.delete",
    "a delete of an empty slot of a program array or an array of maps, or beyond its end",
    new AbiSide("-ENOENT, -E2BIG", "kernel/bpf/arraymap.c, __fd_array_map_delete_elem"),
    new AbiSide("succeeds, -ENOENT", "libs/execution_context/ebpf_maps.c, _delete_array_map_entry_with_reference"))
{
    /// <inheritdoc/>
    public override LinuxErrno? OnElement(in ElementRequest request) =>
        request is not { Operation: ElementOperation.Delete, Map.Family: LinuxMapFamily.Objects } ? null
        : request.Index >= request.Map.MaxEntries ? LinuxErrno.E2BIG
        : request.Calls.Store.Lookup(request.Fd, request.Map, request.Key, delete: false, out _) == Errno.None ? null
        : LinuxErrno.ENOENT;
}
