using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Native;

/// <summary>A module's side of the native module interface. It passes its metadata table to the provider as the client's dispatch table.</summary>
internal sealed class NativeModuleClient(Guid moduleId, NativeModuleMetadata metadata) : NmrClient(EbpfNpi.NativeModule, moduleId)
{
    private int _attached;

    /// <inheritdoc/>
    public override NtStatus AttachProvider(KeThread current, NmrBinding binding)
    {
        // One provider at a time.
        if (Interlocked.Exchange(ref _attached, 1) != 0)
        {
            return NtStatus.InvalidParameter;
        }

        NtStatus status = binding.Attach(current, clientContext: null, metadata);
        if (!status.IsSuccess)
        {
            Volatile.Write(ref _attached, 0);
        }

        return status;
    }

    /// <inheritdoc/>
    public override NtStatus Detach(KeThread current, NmrBinding binding) => NtStatus.Success;

    /// <inheritdoc/>
    public override void CleanUp(NmrBinding binding) => Volatile.Write(ref _attached, 0);
}
