using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Links;

/// <summary>
/// A link's client of <see cref="EbpfNpi.Hook"/>, which it registers while it is attached. It attaches to the provider of
/// its attach type; when that goes away, it stays registered and attaches to the next one.
/// </summary>
internal sealed class HookClientModule(EbpfLink link, Guid moduleId, AttachClientData data) : NmrClient(EbpfNpi.Hook, moduleId, data)
{
    private int _attached;

    /// <summary>Whether it is attached to a provider.</summary>
    public bool IsAttached => Volatile.Read(ref _attached) != 0;

    /// <summary>The status of the last provider that fits; <see cref="NtStatus.NotFound"/> if there was none.</summary>
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

    /// <summary>The provider releases the binding, and has ensured that no thread runs the program on its behalf any more.</summary>
    public override NtStatus Detach(KeThread current, NmrBinding binding)
    {
        KernelEventSource.Log.ExtensionDetach(current.RequestId, current.ProcessorNumber, link.Id, link.AttachTypeName);
        return NtStatus.Success;
    }

    /// <summary>Both sides have detached: another provider may attach.</summary>
    public override void CleanUp(NmrBinding binding) => Volatile.Write(ref _attached, 0);

    /// <summary><c>ebpf_validate_attach_provider_data</c>: a structure of another version is not interpreted.</summary>
    private static bool IsKnown(AttachProviderData provided) =>
        provided.Header.Version == ExtensionHeaders.AttachProviderData.Version
        && provided.Header.Size == ExtensionHeaders.AttachProviderData.Size
        && provided.SupportedProgramType != Guid.Empty;
}
