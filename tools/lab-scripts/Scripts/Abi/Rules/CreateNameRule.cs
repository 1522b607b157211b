using KernelSim.LabScripts.Abi.Linux;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>What a map can be called.</summary>
internal sealed class CreateNameRule() : AbiRule(
    "create.name",
    "the name of a map",
    new AbiSide(
        "at most 15 bytes, libbpf cuts the rest; letters, digits, _ and . only: else -EINVAL",
        "kernel/bpf/syscall.c, bpf_obj_name_cpy; tools/lib/bpf/bpf.c, bpf_map_create"),
    new AbiSide("any name of at most 63 bytes", "libs/execution_context/ebpf_maps.c, ebpf_map_create"))
{
    /// <summary>Bytes of a name that Linux keeps.</summary>
    public const int Longest = 15;

    /// <inheritdoc/>
    public override LinuxErrno? OnCreate(LinuxMapRequest request)
    {
        if (request.Name?.Length > Longest)
        {
            request.Calls.Cite(this);
        }

        return request.Name?.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.')) == true ? LinuxErrno.EINVAL : null;
    }
}
