using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>
    /// Attaches a program to a compartment (cgroup), for attach types <c>BPF_CGROUP_*</c>. There is no link to close: it stays attached
    /// until it is detached.
    /// </summary>
    /// <param name="prog_fd">Descriptor of the program.</param>
    /// <param name="attachable_fd">The compartment id, sent as attach data.</param>
    /// <param name="type">The attach type.</param>
    /// <param name="flags">Must be 0.</param>
    /// <returns>
    /// 0; -EBADF; -ENOTSUP for other attach types and flags; -EINVAL for a program of another type; the error of the hook's provider.
    /// </returns>
    public int bpf_prog_attach(int prog_fd, int attachable_fd, BpfAttachType type, uint flags) =>
        Call(new AttachCompartmentCall(prog_fd, attachable_fd, type, flags));
}

/// <summary><c>bpf_prog_attach</c>: the compartment id becomes attach data, and the link stays attached without a descriptor.</summary>
internal readonly struct AttachCompartmentCall(int program, int compartment, BpfAttachType type, uint flags) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => program;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call) => AttachTypeTable.Find(type) is { TakesCompartment: true } row && flags == 0
        ? new AttachProgramCall(program, row.Id, new AttachData(compartment), legacy: true).Run(call)
        : call.Refuse(CheckTable.ApiAttachCompartment, $"attach type {(uint)type} with flags {flags} given");
}
