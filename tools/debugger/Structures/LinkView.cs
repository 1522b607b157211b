using KernelSim.Debugger.Targets;
using KernelSim.EbpfCore.Links;
using KernelSim.Protocol;

namespace KernelSim.Debugger.Structures;

/// <summary>A link between a program and a hook.</summary>
/// <param name="link">The <see cref="EbpfLink"/>.</param>
internal sealed class LinkView(ITargetObject link)
{
    private static readonly KernelField s_attachType = KernelField.Property<EbpfLink>(nameof(EbpfLink.AttachType));
    private static readonly KernelField s_state = KernelField.Of<EbpfLink>("_state");
    private static readonly KernelField s_program = KernelField.Of<EbpfLink>("_program");
    private static readonly KernelField s_client = KernelField.Of<EbpfLink>("_client");
    private static readonly KernelField s_attached = KernelField.Of<HookClientModule>("_attached");

    public EbpfObjectView Object { get; } = new(link);

    public uint Id => Object.Id;

    public LinkState State => (LinkState)link.Integer(s_state);

    /// <summary>The program that it attaches; null before it is attached and after it has been detached.</summary>
    public ProgramView? Program => link.Object(s_program) is { } program ? new ProgramView(program) : null;

    /// <summary>The section name of its attach type; its GUID if it has none.</summary>
    public string AttachTypeName => link.Struct(s_attachType).ToGuid() is var type && AttachTypeTable.Find(type) is { } row
        ? row.Section
        : type.ToString();

    /// <summary>Whether a hook's provider has accepted it.</summary>
    public bool HasProvider => link.Object(s_client) is { } client && client.Flag(s_attached);
}
