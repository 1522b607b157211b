using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Native;

/// <summary>The driver's side of the native module interface: drivers that contain programs attach here.</summary>
internal sealed class NativeModuleProvider(NativeModuleRegistry modules) : NmrProvider(EbpfNpi.NativeModule, EbpfNpi.NativeModuleProvider)
{
    /// <inheritdoc/>
    public override NtStatus AttachClient(KeThread current, NmrBinding binding) =>
        ResultConversions.ToNtStatus(modules.Attach(current, binding));

    /// <inheritdoc/>
    /// <remarks>Always pending: it is completed when the last program of the module is gone, which may be at once.</remarks>
    public override NtStatus Detach(KeThread current, NmrBinding binding)
    {
        modules.Detach(current, (NativeModule)binding.ProviderContext!);
        return NtStatus.Pending;
    }
}
