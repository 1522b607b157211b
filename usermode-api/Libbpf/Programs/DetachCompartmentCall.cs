using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Detaches a program that <see cref="bpf_prog_attach"/> attached.</summary>
    /// <param name="prog_fd">Descriptor of the program; an invalid one stands for any.</param>
    /// <param name="attachable_fd">The compartment id.</param>
    /// <param name="type">The attach type.</param>
    /// <returns>0, even if nothing was attached; -EINVAL for an invalid attach type; -ENOTSUP for one that takes no compartment.</returns>
    public int bpf_prog_detach2(int prog_fd, int attachable_fd, BpfAttachType type) =>
        Call(new DetachCompartmentCall(prog_fd, attachable_fd, type));

    /// <summary>Detaches every program from a compartment: <see cref="bpf_prog_detach2"/> with no program.</summary>
    /// <param name="attachable_fd">The compartment id.</param>
    /// <param name="type">The attach type.</param>
    /// <returns>See <see cref="bpf_prog_detach2"/>.</returns>
    public int bpf_prog_detach(int attachable_fd, BpfAttachType type) => bpf_prog_detach2(-1, attachable_fd, type);
}

/// <summary><c>bpf_prog_detach2</c>. An invalid program descriptor stands for any program.</summary>
internal readonly struct DetachCompartmentCall(int program, int compartment, BpfAttachType type) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => program;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call) => AttachTypeTable.Find(type) switch
    {
        null => call.Refuse(CheckTable.ApiAttachTypeNumber, $"attach type {(uint)type} given"),
        { TakesCompartment: true } row => new DetachProgramCall(program, row.Id, new AttachData(compartment)).Run(call),
        _ => call.Refuse(CheckTable.ApiAttachCompartment, $"attach type {(uint)type} given"),
    };
}
