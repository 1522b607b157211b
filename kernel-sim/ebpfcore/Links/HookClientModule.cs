using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Links;

/// <summary>
/// A link in search of its hook: the client of <see cref="EbpfNpi.Hook"/> that it registers while it is attached. It takes the provider of
/// its attach type; when that goes, it stays registered and takes the next one that comes.
/// </summary>
internal sealed class HookClientModule(EbpfLink link, Guid moduleId, AttachClientData data) : NmrClient(EbpfNpi.Hook, moduleId, data)
{
    private int _attached;

    /// <summary>Whether a provider has it.</summary>
    public bool IsAttached => Volatile.Read(ref _attached) != 0;

    /// <summary>How the last provider that fits answered; <see cref="NtStatus.NotFound"/> when none has been met.</summary>
    public NtStatus LastAnswer { get; private set; } = NtStatus.NotFound;

    /// <inheritdoc/>
    public override NtStatus AttachProvider(KeThread current, NmrBinding binding)
    {
        if (binding.Provider.Characteristics is not AttachProviderData provided || !IsKnown(provided))
        {
            return NtStatus.InvalidParameter;
        }

        if (binding.Provider.ModuleId != link.AttachType || provided.SupportedProgramType != link.ProgramType)
        {
            return NtStatus.NotFound;
        }

        // One provider at a time.
        if (Interlocked.Exchange(ref _attached, 1) != 0)
        {
            return NtStatus.InvalidParameter;
        }

        link.Describe(current, provided);
        NtStatus status = binding.Attach(current, link, link);
        LastAnswer = status;
        if (!status.IsSuccess)
        {
            Volatile.Write(ref _attached, 0);
        }

        KernelEventSource.Log.ExtensionAttach(
            current.RequestId, current.ProcessorNumber, link.Id, link.AttachTypeName, status.ToString());
        return status;
    }

    /// <summary>The provider lets go, and has seen to it that nobody is in the program on its behalf any more.</summary>
    public override NtStatus Detach(KeThread current, NmrBinding binding)
    {
        KernelEventSource.Log.ExtensionDetach(current.RequestId, current.ProcessorNumber, link.Id, link.AttachTypeName);
        return NtStatus.Success;
    }

    /// <summary>Both sides are done: another provider may come.</summary>
    public override void CleanUp(NmrBinding binding) => Volatile.Write(ref _attached, 0);

    /// <summary><c>ebpf_validate_attach_provider_data</c>: what another version of the structure says is not guessed at.</summary>
    private static bool IsKnown(AttachProviderData provided) =>
        provided.Header.Version == ExtensionHeaders.AttachProviderData.Version
        && provided.Header.Size == ExtensionHeaders.AttachProviderData.Size
        && provided.SupportedProgramType != Guid.Empty;
}
