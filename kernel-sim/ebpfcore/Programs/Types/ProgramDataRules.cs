using KernelSim.EbpfCore.Extensions;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Programs;

/// <summary>The rules for an extension's program data: <c>ebpf_validate_program_data</c> and the driver's additional checks.</summary>
internal static class ProgramDataRules
{
    private const byte HighLevel = 15;
    private const int ContextDescriptorBytes = 16;
    private const ulong WithCapabilities = 72; // EBPF_PROGRAM_DATA_SIZE_1: an older structure ends before them

    /// <summary>Whether a type's provider may serve programs.</summary>
    public static bool Accept(ProgramData? data) =>
        data is not null
        && HasHeader(data.Header, 65, WithCapabilities)
        && Accept(data.Info)
        && (byte)data.RequiredIrql <= HighLevel
        && Matches(data.TypeHelpers, data.Info.TypeHelpers)
        && Matches(data.GlobalHelpers, data.Info.GlobalHelpers)
        && (data.Header.Size < WithCapabilities || data.Capabilities == 0);

    private static bool Accept(ProgramInfo? info) =>
        info is not null
        && HasHeader(info.Header, 64)
        && info.Descriptor is { Name: not null } type
        && HasHeader(type.Header, 61)
        && type.ContextDescriptor.Size >= ContextDescriptorBytes
        && info.TypeHelpers?.All(Accept) == true
        && info.GlobalHelpers?.All(Accept) == true;

    private static bool Accept(HelperPrototype? helper) =>
        helper is { Name: not null, Arguments.Count: <= HelperPrototype.MaxArguments } && HasHeader(helper.Header, 64, 65, 66);

    private static bool HasHeader(in ExtensionHeader header, params ReadOnlySpan<ulong> sizes) =>
        header.Version == 1 && sizes.Contains(header.Size);

    /// <summary>No bodies at all is allowed: then the program type's helpers cannot be resolved.</summary>
    private static bool Matches(IReadOnlyList<HelperFunction?>? bodies, IReadOnlyList<HelperPrototype> prototypes) =>
        bodies is not null && (bodies.Count == 0 || bodies.Count == prototypes.Count);
}
