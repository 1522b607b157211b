using KernelSim.LabScripts.Abi.Linux;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>Types that Linux does not have.</summary>
internal sealed class CreateTypeRule() : AbiRule(
    "create.type",
    "a map type that only one of the systems has",
    new AbiSide("-EINVAL", "kernel/bpf/syscall.c, map_create"),
    new AbiSide("extensions provide further types; BPF_MAP_TYPE_UNSPEC is -ENOTSUP", "libs/execution_context/ebpf_maps.c, ebpf_map_create"))
{
    /// <inheritdoc/>
    public override LinuxErrno? OnCreate(LinuxMapRequest request) => request.Row is null ? LinuxErrno.EINVAL : null;
}
