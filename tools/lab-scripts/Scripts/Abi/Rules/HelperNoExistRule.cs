using KernelSim.LabScripts.Abi.Linux;
using KernelSim.Protocol;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>What a program's flags mean for a per-CPU map.</summary>
internal sealed class HelperNoExistRule() : AbiRule(
    "helper.noexist",
    "a program updates a key that is in a per-CPU map with BPF_NOEXIST",
    new AbiSide("-EEXIST", "kernel/bpf/hashtab.c, __htab_percpu_map_update_elem"),
    new AbiSide("overwrites the slot of its processor, whatever the flags", "libs/execution_context/ebpf_maps.c, _update_entry_per_cpu"))
{
    /// <inheritdoc/>
    public override LinuxErrno? OnFailure(in ElementRequest request, Errno failure) =>
        failure == Errno.EEXIST && request.Map.Type.IsPerCpu ? LinuxErrno.EEXIST : null;
}
