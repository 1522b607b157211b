using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;

namespace KernelSim.Tool.Replay;

/// <summary>
/// The provider of a hook, as the recording harness registers one for each of its attach types: accepts every program of the right type,
/// any number of times, and runs none.
/// </summary>
internal sealed class RecordedHook(AttachTypeRow type) : NmrProvider(
    EbpfNpi.Hook, type.Id, new AttachProviderData(type.ProgramType, BpfAttachType.Unspec, BpfLinkType.Unspec))
{
    /// <inheritdoc/>
    public override NtStatus AttachClient(KeThread current, NmrBinding binding) => NtStatus.Success;

    /// <inheritdoc/>
    public override NtStatus Detach(KeThread current, NmrBinding binding) => NtStatus.Success;
}
