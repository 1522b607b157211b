using KernelSim.Debugger.Targets;
using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;

namespace KernelSim.Debugger.Structures;

/// <summary>An eBPF object: a map, a program or a link.</summary>
/// <param name="object">The <see cref="EbpfObject"/>.</param>
internal sealed class EbpfObjectView(ITargetObject @object)
{
    private static readonly KernelField s_type = KernelField.Property<EbpfObject>(nameof(EbpfObject.ObjectType));
    private static readonly KernelField s_id = KernelField.Property<EbpfObject>(nameof(EbpfObject.Id));
    private static readonly KernelField s_references = KernelField.Of<EbpfObject>("_references");
    private static readonly KernelField s_userReferences = KernelField.Of<EbpfObject>("_userReferences");

    public ITargetObject Object => @object;

    public EbpfObjectType Type => (EbpfObjectType)@object.Integer(s_type);

    public uint Id => (uint)@object.Integer(s_id);

    /// <summary>References held, user references included.</summary>
    public long References => @object.Integer(s_references);

    /// <summary>Handles and pin paths.</summary>
    public long UserReferences => @object.Integer(s_userReferences);

    /// <summary>The eBPF object that a file object of the driver stands for; null for any other state of a driver.</summary>
    public static EbpfObjectView? From(ITargetObject? context) =>
        context is not null && context.Is(typeof(EbpfObject).FullName!) ? new EbpfObjectView(context) : null;
}
