using KernelSim.Nt.Ke;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// What an extension provides for a program type, <c>ebpf_program_data_t</c>: the characteristics of its provider of
/// <see cref="EbpfNpi.ProgramInfo"/>, whose module id is the type's GUID.
/// </summary>
/// <param name="Info">The program type and its helpers' prototypes.</param>
public sealed record ProgramData(ProgramInfo Info)
{
    /// <summary>Version and size.</summary>
    public ExtensionHeader Header { get; init; } = ExtensionHeaders.ProgramData;

    /// <summary>The type's own helpers, in the order of <see cref="ProgramInfo.TypeHelpers"/>.</summary>
    public IReadOnlyList<HelperFunction?> TypeHelpers { get; init; } = [];

    /// <summary>Implementations of general helpers, in the order of <see cref="ProgramInfo.GlobalHelpers"/>.</summary>
    public IReadOnlyList<HelperFunction?> GlobalHelpers { get; init; } = [];

    /// <summary>Creates a context for a test run; null: the type has no test runs.</summary>
    public ProgramContextCreate? ContextCreate { get; init; }

    /// <summary>Frees such a context; null: the type has no test runs.</summary>
    public ProgramContextDestroy? ContextDestroy { get; init; }

    /// <summary>The IRQL at which programs are invoked.</summary>
    public Irql RequiredIrql { get; init; } = Irql.Dispatch;

    /// <summary>The provider's capabilities; the only bit that exists is reserved: <c>program_data_capabilities_t</c>.</summary>
    public uint Capabilities { get; init; }
}
