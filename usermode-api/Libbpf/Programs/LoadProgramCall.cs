using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

/// <summary><c>bpf_prog_load</c> of a native-only build: makes upstream's checks before it reports that bytecode is not supported.</summary>
internal readonly struct LoadProgramCall(BpfProgType type, ulong instructions) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => -1;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call) =>
        (type != BpfProgType.Unspec && ProgramTypeTable.Find(type) is null) || instructions == 0
            ? call.Refuse(CheckTable.ApiProgramLoadArguments, $"type {(uint)type} with {(instructions == 0 ? "no " : "")}instructions given")
            : call.Refuse(CheckTable.ApiProgramLoadNative, "bytecode given");
}
