using KernelSim.LabScripts.Abi.Linux;

namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>Which map can be the template of a map of maps.</summary>
internal sealed class CreateInnerRule() : AbiRule(
    "create.inner",
    "the template of a map of maps",
    new AbiSide(
        "a map of values: -EINVAL for a map of maps or none, -ENOTSUPP for a program array; ignored for other types",
        "kernel/bpf/map_in_map.c, bpf_map_meta_alloc"),
    new AbiSide("any map; none is -EBADF; -EINVAL for other types", "libs/execution_context/ebpf_maps.c, _associate_inner_map"))
{
    /// <inheritdoc/>
    public override LinuxErrno? OnCreate(LinuxMapRequest request)
    {
        if (!request.Row!.HoldsMaps)
        {
            if (request.InnerFd != 0)
            {
                request.Calls.Cite(this);
            }

            return null;
        }

        // Descriptor 0 is a file of the program: standard input.
        return request.InnerFd == 0 ? LinuxErrno.EINVAL
            : request.Calls.Resolve(request.InnerFd, out LinuxMap? inner) is { } failure ? failure
            : inner!.Type.HoldsMaps ? LinuxErrno.EINVAL
            : inner.Type.CanBeInner ? null
            : LinuxErrno.ENOTSUPP;
    }
}
