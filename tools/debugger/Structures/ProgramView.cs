using KernelSim.Debugger.Targets;
using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Programs;
using KernelSim.Protocol;

namespace KernelSim.Debugger.Structures;

/// <summary>A program.</summary>
/// <param name="program">The <see cref="EbpfProgram"/>.</param>
internal sealed class ProgramView(ITargetObject program)
{
    private static readonly KernelField s_name = KernelField.Property<EbpfProgram>(nameof(EbpfProgram.Name));
    private static readonly KernelField s_section = KernelField.Property<EbpfProgram>(nameof(EbpfProgram.SectionName));
    private static readonly KernelField s_file = KernelField.Property<EbpfProgram>(nameof(EbpfProgram.FileName));
    private static readonly KernelField s_parameters = KernelField.Property<EbpfProgram>(nameof(EbpfProgram.Parameters));
    private static readonly KernelField s_type = KernelField.Property<ProgramParameters>(nameof(ProgramParameters.ProgramType));
    private static readonly KernelField s_codeType = KernelField.Of<EbpfProgram>("_codeType");
    private static readonly KernelField s_code = KernelField.Of<EbpfProgram>("_code");
    private static readonly KernelField s_module = KernelField.Of<NativeCode>("_module");
    private static readonly KernelField s_links = KernelField.Of<EbpfProgram>("_linkCount");
    private static readonly KernelField s_maps = KernelField.Of<EbpfProgram>("_maps");
    private static readonly KernelField s_providers = KernelField.Of<EbpfProgram>("_providers");
    private static readonly KernelField s_typeData = KernelField.Of<ProgramProviders>("_typeData");
    private static readonly KernelField s_helperIds = KernelField.Of<ProgramProviders>("_helperIds");

    public EbpfObjectView Object { get; } = new(program);

    public uint Id => Object.Id;

    public string Name => program.Text(s_name) ?? "";

    /// <summary>The section of the file that it was compiled from.</summary>
    public string SectionName => program.Text(s_section) ?? "";

    public string FileName => program.Text(s_file) ?? "";

    /// <summary>Name of the program type; its GUID if it has none.</summary>
    public string TypeName => program.Required(s_parameters).Struct(s_type).ToGuid() is var type && ProgramTypeTable.Find(type) is { } row
        ? row.Name
        : type.ToString();

    public EbpfCodeType CodeType => (EbpfCodeType)program.Integer(s_codeType);

    /// <summary>The native module that its code is in; null for other code, and for none.</summary>
    public NativeModuleView? Module => program.Object(s_code) is { } code && code.Is(typeof(NativeCode).FullName!)
        ? new NativeModuleView(code.Required(s_module))
        : null;

    /// <summary>Number of links that attach it.</summary>
    public int LinkCount => (int)program.Integer(s_links);

    /// <summary>Number of helpers that it calls.</summary>
    public int HelperCount => program.Required(s_providers).ReadArray(s_helperIds.Name)?.Length ?? 0;

    /// <summary>Whether the provider of its type is attached: without one it does not run.</summary>
    public bool HasProvider => program.Required(s_providers).Object(s_typeData) is not null;

    /// <summary>The maps that it uses.</summary>
    public IEnumerable<MapView> Maps => program.Array(s_maps).Objects().Select(m => new MapView(m));
}
