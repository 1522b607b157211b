using KernelSim.Debugger.Targets;
using KernelSim.EbpfCore.Native;

namespace KernelSim.Debugger.Structures;

/// <summary>A native module whose driver is attached.</summary>
/// <param name="module">The <see cref="NativeModule"/>.</param>
internal sealed class NativeModuleView(ITargetObject module)
{
    private static readonly KernelField s_metadata = KernelField.Property<NativeModule>(nameof(NativeModule.Metadata));
    private static readonly KernelField s_path = KernelField.Property<NativeModuleMetadata>(nameof(NativeModuleMetadata.Path));
    private static readonly KernelField s_state = KernelField.Property<NativeModule>(nameof(NativeModule.State));
    private static readonly KernelField s_references = KernelField.Property<NativeModule>(nameof(NativeModule.References));
    private static readonly KernelField s_holders = KernelField.Property<NativeModule>(nameof(NativeModule.Holders));

    /// <summary>Path of its file.</summary>
    public string Path => module.Required(s_metadata).Text(s_path) ?? "";

    public NativeModuleState State => (NativeModuleState)module.Integer(s_state);

    public int References => (int)module.Integer(s_references);

    /// <summary>Handles and programs that keep it loaded.</summary>
    public int Holders => (int)module.Integer(s_holders);
}
