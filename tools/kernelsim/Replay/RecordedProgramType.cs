using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.Tool.Replay;

/// <summary>
/// The provider of a program type, as the recording harness registers one for each of its types: enough to create programs, without
/// helpers of its own.
/// </summary>
internal sealed class RecordedProgramType(ProgramTypeRow type) : NmrProvider(EbpfNpi.ProgramInfo, type.Id, Describe(type))
{
    private const int ContextBytes = 64;

    /// <inheritdoc/>
    public override NtStatus AttachClient(KeThread current, NmrBinding binding) => NtStatus.Success;

    /// <inheritdoc/>
    public override NtStatus Detach(KeThread current, NmrBinding binding) => NtStatus.Success;

    private static ProgramData Describe(ProgramTypeRow type)
    {
        ContextDescriptor context = new() { Size = ContextBytes, Data = -1, End = -1, Meta = -1 };
        return new ProgramData(new ProgramInfo(new ProgramTypeDescriptor(type.Name, context, type.Id, type.Type)));
    }
}
