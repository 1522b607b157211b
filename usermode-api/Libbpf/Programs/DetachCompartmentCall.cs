using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

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
