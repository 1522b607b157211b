using KernelSim.Debugger.Targets;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Ob;
using KernelSim.Nt.Ps;

namespace KernelSim.Debugger.Structures;

/// <summary>A process that has not been run down.</summary>
/// <param name="process">The <see cref="PsProcess"/>.</param>
internal sealed class ProcessView(ITargetObject process)
{
    private static readonly KernelField s_id = KernelField.Property<PsProcess>(nameof(PsProcess.Id));
    private static readonly KernelField s_name = KernelField.Property<PsProcess>(nameof(PsProcess.Name));
    private static readonly KernelField s_token = KernelField.Property<PsProcess>(nameof(PsProcess.Token));
    private static readonly KernelField s_handles = KernelField.Property<PsProcess>(nameof(PsProcess.Handles));
    private static readonly KernelField s_memory = KernelField.Property<PsProcess>(nameof(PsProcess.Memory));
    private static readonly KernelField s_requests = KernelField.Property<PsProcess>(nameof(PsProcess.Requests));
    private static readonly KernelField s_exit = KernelField.Of<PsProcess>("_exit");
    private static readonly KernelField s_exited = KernelField.Of<ProcessExit>("_exited");
    private static readonly KernelField s_administrator = KernelField.Property<Token>(nameof(Token.IsAdministrator));
    private static readonly KernelField s_count = KernelField.Of<HandleTable>("_count");
    private static readonly KernelField s_entries = KernelField.Of<HandleTable>("_entries");
    private static readonly KernelField s_handle = KernelField.NestedProperty<HandleTable>("Entry", "Handle");
    private static readonly KernelField s_object = KernelField.NestedProperty<HandleTable>("Entry", "Object");
    private static readonly KernelField s_queues = KernelField.Of<IrpList>("_queues");
    private static readonly KernelField s_perProcessor = KernelField.Of<ProcessorLocal<IrpQueue>>("_objects");
    private static readonly KernelField s_first = KernelField.Of<IrpQueue>("_first");

    public ITargetObject Object => process;

    public uint Id => (uint)process.Integer(s_id);

    public string Name => process.Text(s_name) ?? "";

    public bool IsAdministrator => process.Required(s_token).Flag(s_administrator);

    /// <summary>Whether it has begun to end.</summary>
    public bool HasExited => process.Required(s_exit).Flag(s_exited);

    public int HandleCount => (int)process.Required(s_handles).Integer(s_count);

    /// <summary>Its open handles, lowest index first.</summary>
    public IEnumerable<(ulong Handle, ObjectView Object)> Handles =>
        process.Required(s_handles).Array(s_entries).Objects()
            .Select(e => (e.Pointer(s_handle), new ObjectView(e.Required(s_object))));

    /// <summary>Its outstanding requests: of each processor those that its threads sent, in that order.</summary>
    public IEnumerable<IrpView> Requests => process.Object(s_requests) is { } requests
        ? requests.Required(s_queues).Array(s_perProcessor).Objects()
            .SelectMany(q => q.Object(s_first).Chain(IrpView.Next))
            .Select(i => new IrpView(i))
        : [];

    public UserMemory Memory => new(process.Required(s_memory));
}
