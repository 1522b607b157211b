using KernelSim.Debugger.Targets;
using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Nt.Nmr;
using KernelSim.Nt.Ob;
using KernelSim.Nt.Ps;

namespace KernelSim.Debugger.Structures;

/// <summary>A machine of the target, and the way to everything in it.</summary>
/// <param name="machine">The <see cref="Machine"/>.</param>
/// <param name="number">Its number, from 1 in the order of boots.</param>
internal sealed class MachineView(ITargetObject machine, int number)
{
    private static readonly KernelField s_processors = KernelField.Of<Machine>("_processors");
    private static readonly KernelField s_threads = KernelField.Of<Machine>("_threadTable");
    private static readonly KernelField s_stopRecord = KernelField.Of<Machine>("_stopRecord");
    private static readonly KernelField s_pool = KernelField.Property<Machine>(nameof(Machine.Pool));
    private static readonly KernelField s_processes = KernelField.Property<Machine>(nameof(Machine.Processes));
    private static readonly KernelField s_io = KernelField.Property<Machine>(nameof(Machine.Io));
    private static readonly KernelField s_objects = KernelField.Property<Machine>(nameof(Machine.Objects));
    private static readonly KernelField s_clock = KernelField.Property<Machine>(nameof(Machine.Clock));
    private static readonly KernelField s_nmr = KernelField.Property<Machine>(nameof(Machine.Nmr));
    private static readonly KernelField s_sections = KernelField.Property<Machine>(nameof(Machine.Sections));
    private static readonly KernelField s_live = KernelField.Of<ProcessManager>("_live");
    private static readonly KernelField s_ended = KernelField.Of<ProcessManager>("_ended");
    private static readonly KernelField s_loader = KernelField.Of<IoManager>("_loader");
    private static readonly KernelField s_drivers = KernelField.Of<DriverLoader>("_drivers");
    private static readonly KernelField s_links = KernelField.Of<ObjectManager>("_links");
    private static readonly KernelField s_linkName = KernelField.Property<ObjectManager.SymbolicLink>(nameof(ObjectManager.SymbolicLink.Name));
    private static readonly KernelField s_linkTarget = KernelField.Property<ObjectManager.SymbolicLink>(nameof(ObjectManager.SymbolicLink.Target));
    private static readonly KernelField s_registrations = KernelField.Of<NetworkModuleRegistrar>("_registrations");
    private static readonly KernelField s_sectionList = KernelField.Of<SectionTable>("_sections");
    private static readonly KernelField s_entries = KernelField.Of<ThreadTable>("_entries");

    public ITargetObject Object => machine;

    public int Number => number;

    /// <summary>Number of processors.</summary>
    public int Cpus => machine.Array(s_processors).Length;

    public IEnumerable<ProcessorView> Processors => machine.Array(s_processors).Objects().Select(p => new ProcessorView(p));

    /// <summary>Processes that have not been run down, those that are ending included.</summary>
    public IEnumerable<ProcessView> Processes => machine.Required(s_processes).List(s_live).Select(p => new ProcessView(p));

    /// <summary>The latest processes that have ended.</summary>
    public IEnumerable<EndedProcessView> EndedProcesses =>
        machine.Required(s_processes).Array(s_ended).Objects().Select(p => new EndedProcessView(p));

    /// <summary>The drivers, oldest first.</summary>
    public IEnumerable<DriverView> Drivers => machine.Required(s_io).Required(s_loader).List(s_drivers).Select(d => new DriverView(d));

    /// <summary>Symbolic links: names and targets.</summary>
    public IEnumerable<(string Name, string Target)> SymbolicLinks =>
        machine.Required(s_objects).List(s_links).Select(l => (l.Text(s_linkName) ?? "", l.Text(s_linkTarget) ?? ""));

    public IEnumerable<SectionView> Sections => machine.Required(s_sections).List(s_sectionList).Select(s => new SectionView(s));

    public IEnumerable<NmrModuleView> NetworkModules => machine.Required(s_nmr).List(s_registrations).Select(r => new NmrModuleView(r));

    public PoolView Pool => new(machine.Required(s_pool));

    public ClockView Clock => new(machine.Required(s_clock));

    /// <summary>The bugcheck that stopped it; null while it runs.</summary>
    public BugcheckView? Bugcheck => machine.Object(s_stopRecord) is { } record ? new BugcheckView(record) : null;

    /// <summary>The host threads that have been in its kernel.</summary>
    public IEnumerable<ThreadView> Threads
    {
        get
        {
            ITargetArray entries = machine.Required(s_threads).Array(s_entries);
            for (int i = 0; i < Math.Min(entries.Length, TargetReading.MostElements); i++)
            {
                if (ThreadView.From(entries.StructAt(i)) is { } thread)
                {
                    yield return thread;
                }
            }
        }
    }
}
