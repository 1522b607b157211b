using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.ProgramTypes;

/// <summary>Provides the information of one program type: <c>net_ebpf_extension_program_info_provider_t</c>. It keeps no state per client.</summary>
internal sealed class ProgramInfoProvider(ProgramData data)
    : NmrProvider(EbpfNpi.ProgramInfo, data.Info.Descriptor.ProgramType, data)
{
    /// <inheritdoc/>
    public override NtStatus AttachClient(KeThread current, NmrBinding binding) => NtStatus.Success;

    /// <inheritdoc/>
    public override NtStatus Detach(KeThread current, NmrBinding binding) => NtStatus.Success;
}
