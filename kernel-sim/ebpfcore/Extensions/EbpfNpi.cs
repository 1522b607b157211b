namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// The interfaces between this driver and others, by their ids in the network module registrar: <c>ebpf_extension_uuids.h</c>. The
/// driver is a client of each except <see cref="NativeModule"/>, which it provides.
/// </summary>
public static class EbpfNpi
{
    /// <summary>Program types, their helpers and their test runs: <c>EBPF_PROGRAM_INFO_EXTENSION_IID</c>.</summary>
    public static readonly Guid ProgramInfo = new("2934ad50-2154-44b6-9622-6c528c068411");

    /// <summary>Hooks that programs are attached to: <c>EBPF_HOOK_EXTENSION_IID</c>.</summary>
    public static readonly Guid Hook = new("5d564054-2736-406d-8b22-12bcffaf0a9f");

    /// <summary>Map types of an extension's own: <c>EBPF_MAP_INFO_EXTENSION_IID</c>.</summary>
    public static readonly Guid Map = new("3c2b0f4e-8b0e-4e5e-8e1b-7f4b1f0e1f0e");

    /// <summary>Functions found by their BTF names: <c>EBPF_BTF_RESOLVED_FUNCTION_EXTENSION_IID</c>.</summary>
    public static readonly Guid BtfResolvedFunction = new("8cf35ce4-7cf4-4407-883e-59b4e73dbe4f");

    /// <summary>Programs compiled to drivers; this driver is the provider: <c>ebpf_native_npi_id</c>.</summary>
    public static readonly Guid NativeModule = new("c847aac8-a6f2-4b53-aea3-f4a94b9a80cb");

    /// <summary>The module that provides <see cref="NativeModule"/>.</summary>
    public static readonly Guid NativeModuleProvider = new("5e24d2f5-f799-42c3-a945-87feefd930a7");

    /// <summary>The module that provides the general helpers: <c>ebpf_general_helper_function_module_id</c>.</summary>
    public static readonly Guid GeneralHelpers = new("8d2a1d3f-9ce6-473d-b48e-17aa5c5581fe");
}
