using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

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
