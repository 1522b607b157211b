using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Programs;

/// <summary>
/// A program's side of the program information interface. Each program has two clients: one for the general helpers, one for its type; each
/// attaches to the provider with the expected module id and refuses every other.
/// </summary>
/// <param name="owner">The providers object of its program.</param>
/// <param name="moduleId">The program's own module id.</param>
/// <param name="providerId">The provider's module id: the program type, or that of the general helpers.</param>
internal sealed class ProgramInfoClient(ProgramProviders owner, Guid moduleId, Guid providerId) : NmrClient(EbpfNpi.ProgramInfo, moduleId)
{
    /// <inheritdoc/>
    public override NtStatus AttachProvider(KeThread current, NmrBinding binding) =>
        binding.Provider.ModuleId == providerId ? owner.Attach(current, this, binding) : NtStatus.InvalidParameter;

    /// <inheritdoc/>
    public override NtStatus Detach(KeThread current, NmrBinding binding)
    {
        owner.Detach(current, this);
        return NtStatus.Success;
    }
}
