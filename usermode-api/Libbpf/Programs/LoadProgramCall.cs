using System.Diagnostics.CodeAnalysis;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Verifies and loads bytecode. This build has neither a compiler nor an interpreter for it.</summary>
    /// <param name="prog_type">The program's type.</param>
    /// <param name="prog_name">Address of the name; ignored.</param>
    /// <param name="license">Address of the licence; ignored, as in upstream.</param>
    /// <param name="insns">Address of 8-byte instructions.</param>
    /// <param name="insn_cnt">Number of instructions; ignored.</param>
    /// <param name="opts">Address of options; ignored.</param>
    /// <returns>-EINVAL for an invalid type, and for NULL instructions; otherwise -ENOTSUP, for the unspecified type too.</returns>
    [SuppressMessage("Style", "IDE0060", Justification = "libbpf's parameters.")]
    public int bpf_prog_load(BpfProgType prog_type, ulong prog_name, ulong license, ulong insns, ulong insn_cnt, ulong opts = 0) =>
        Call(new LoadProgramCall(prog_type, insns));
}

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
