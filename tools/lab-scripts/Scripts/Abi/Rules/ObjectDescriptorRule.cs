using System.Buffers.Binary;
using KernelSim.LabScripts.Abi.Linux;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>What can be stored in maps of objects.</summary>
internal sealed class ObjectDescriptorRule() : AbiRule(
    "objects.descriptor",
    "a descriptor to store that is not one",
    new AbiSide("-EBADF", "kernel/bpf/map_in_map.c, bpf_map_fd_get_ptr"),
    new AbiSide("the same, but -1 empties a slot of an array", "libs/execution_context/ebpf_maps.c, _update_array_map_entry_with_handle"))
{
    /// <inheritdoc/>
    public override LinuxErrno? OnElement(in ElementRequest request) =>
        request.Operation == ElementOperation.Update
        && (request.Map.Type.HoldsMaps || request.Map.Family == LinuxMapFamily.Objects)
        && !request.Calls.IsOpen(BinaryPrimitives.ReadInt32LittleEndian(request.Value))
            ? LinuxErrno.EBADF
            : null;
}
