using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>
/// The driver's own provider of program information: the general helpers, which its programs get in the same way as those of
/// extensions.
/// </summary>
internal sealed class GeneralHelperProvider() : NmrProvider(EbpfNpi.ProgramInfo, EbpfNpi.GeneralHelpers, Data)
{
    /// <summary><c>_ebpf_global_helper_function_program_data</c>.</summary>
    public static readonly ProgramData Data = MakeData();

    /// <inheritdoc/>
    public override NtStatus AttachClient(KeThread current, NmrBinding binding) => NtStatus.Success;

    /// <inheritdoc/>
    public override NtStatus Detach(KeThread current, NmrBinding binding) => NtStatus.Success;

    private static ProgramData MakeData()
    {
        HelperRow[] rows = HelperTable.All.ToArray();
        ProgramTypeDescriptor type = new(
            "global_helper", new ContextDescriptor { Size = 0, Data = -1, End = -1, Meta = -1 }, Guid.Empty, BpfProgType.Unspec);
        return new ProgramData(new ProgramInfo(type) { GlobalHelpers = [.. rows.Select(r => r.Prototype)] })
        {
            GlobalHelpers = [.. rows.Select(r => r.Implementation)],
        };
    }
}
