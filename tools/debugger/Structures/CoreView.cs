using KernelSim.Debugger.Targets;
using KernelSim.EbpfCore;
using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;

namespace KernelSim.Debugger.Structures;

/// <summary>The eBPF driver of a machine.</summary>
/// <param name="core">The <see cref="CoreContext"/>.</param>
internal sealed class CoreView(ITargetObject core)
{
    private static readonly KernelField s_objects = KernelField.Property<CoreContext>(nameof(CoreContext.Objects));
    private static readonly KernelField s_byId = KernelField.Of<ObjectTable>("_byId");
    private static readonly KernelField s_pins = KernelField.Property<CoreContext>(nameof(CoreContext.Pins));
    private static readonly KernelField s_pinEntries = KernelField.Of<PinningTable>("_entries");
    private static readonly KernelField s_modules = KernelField.Property<CoreContext>(nameof(CoreContext.NativeModules));
    private static readonly KernelField s_moduleList = KernelField.Of<NativeModuleRegistry>("_modules");
    private static readonly KernelField s_epochs = KernelField.Property<CoreContext>(nameof(CoreContext.Epochs));

    /// <summary>The objects that are referenced, by id.</summary>
    public IEnumerable<EbpfObjectView> Objects => core.Required(s_objects).List(s_byId).Select(o => new EbpfObjectView(o));

    public IEnumerable<MapView> Maps => OfType(EbpfObjectType.Map).Select(o => new MapView(o));

    public IEnumerable<ProgramView> Programs => OfType(EbpfObjectType.Program).Select(o => new ProgramView(o));

    public IEnumerable<LinkView> Links => OfType(EbpfObjectType.Link).Select(o => new LinkView(o));

    /// <summary>The pins, by path.</summary>
    public IEnumerable<PinView> Pins => core.Required(s_pins).List(s_pinEntries).Select(p => new PinView(p));

    /// <summary>The native modules, in the order in which they attached.</summary>
    public IEnumerable<NativeModuleView> NativeModules => core.Required(s_modules).List(s_moduleList).Select(m => new NativeModuleView(m));

    public EpochView Epochs => new(core.Required(s_epochs));

    /// <summary>The driver of a machine: what its device has as its extension. Null if it is not loaded.</summary>
    public static CoreView? Find(MachineView machine) => machine.Drivers
        .SelectMany(d => d.Devices)
        .Select(d => d.Extension)
        .Where(e => e is not null && e.Is(typeof(CoreContext).FullName!))
        .Select(e => new CoreView(e!))
        .FirstOrDefault();

    private IEnumerable<ITargetObject> OfType(EbpfObjectType type) => Objects.Where(o => o.Type == type).Select(o => o.Object);
}
