using KernelSim.EbpfCore;
using KernelSim.EbpfCore.Links;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Objects;
using KernelSim.EbpfCore.Programs;
using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ob;
using KernelSim.Nt.Ps;

namespace KernelSim.Testing;

/// <summary>Looks for what is left on a machine, at each step of its end.</summary>
internal sealed class LeakFinder(Machine machine, LeakOrigins origins)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly HashSet<EbpfObject> _told = [];

    /// <summary>Host threads that stay in the kernel, after those that are about to leave have had time to.</summary>
    public IReadOnlyList<Leak> Threads()
    {
        IReadOnlyList<string> threads = machine.DescribeThreads();
        if (threads.Count != 0 && Machine.Current != machine)
        {
            SpinWait.SpinUntil(() => machine.DescribeThreads().Count == 0, s_patience);
            threads = machine.DescribeThreads();
        }

        return [.. threads.Select(t => new Leak(LeakKind.Thread, $"a thread has not left the kernel: {t}"))];
    }

    /// <summary>Maps, programs and links that processes have handles of.</summary>
    public IReadOnlyList<Leak> OpenObjects() =>
    [
        .. Handles().Where(h => ObjectOf(h.Handle) is not null)
            .GroupBy(h => (Object: ObjectOf(h.Handle)!, h.Process))
            .Select(g =>
            {
                _told.Add(g.Key.Object);
                string handles = g.Count() == 1 ? "an open handle" : $"{g.Count()} open handles";
                return new Leak(LeakKind.Object, $"{NameOf(g.Key.Object)}: {handles} in process {g.Key.Process.Id}", origins.Of(g.Key.Object));
            }),
    ];

    /// <summary>The other handles of processes, and the requests that drivers hold.</summary>
    public IReadOnlyList<Leak> OpenHandles() =>
    [
        .. Handles().Where(h => ObjectOf(h.Handle) is null).Select(h => new Leak(
            LeakKind.Handle,
            $"handle {h.Handle.Handle} of process {h.Process.Id}: {NameOf(h.Handle.Object)}",
            origins.Of(h.Process.Id, h.Handle.Handle))),
        .. machine.Io.Drivers.Where(d => d.OutstandingRequests > 0).Select(d =>
        {
            string requests = d.OutstandingRequests == 1 ? "1 request" : $"{d.OutstandingRequests} requests";
            string[] pending = [.. origins.Pending()];
            return new Leak(
                LeakKind.Request,
                $"driver '{d.Name}' holds {requests} that it has not completed",
                pending.Length == 0 ? null : string.Join(", ", pending));
        }),
    ];

    /// <summary>What the driver keeps although no process is left.</summary>
    public IReadOnlyList<Leak> KeptObjects(EbpfCoreDriver? driver)
    {
        if (driver is null)
        {
            return [];
        }

        EbpfObject[] kept = [.. driver.ListObjects().Where(o => !_told.Contains(o))];
        return
        [
            .. kept.Where(o => o.PinnedPathCount > 0 || !kept.Any(k => k.PinnedPathCount > 0))
                .Select(o => new Leak(LeakKind.Object, $"{NameOf(o)}: {KeptBy(o)}", origins.Of(o))),
            .. driver.WaitingCount == 0 || kept.Length != 0
                ? Array.Empty<Leak>()
                : [new Leak(LeakKind.Memory, $"{driver.WaitingCount} blocks or work items wait for an epoch that was not left")],
        ];
    }

    /// <summary>What the machine reports after its shutdown.</summary>
    public IReadOnlyList<Leak> AfterShutdown()
    {
        IEnumerable<Leak> memory = machine.Pool.TagsInUse.Select(tag =>
        {
            (long bytes, long blocks) = machine.Pool.Usage(tag);
            return new Leak(
                LeakKind.Memory, $"pool '{tag}': {blocks} {(blocks == 1 ? "block" : "blocks")}, {bytes} bytes", origins.OfBlocks(tag.ToString()));
        });
        return
        [
            .. machine.Shutdown().Leaks.Where(l => !l.StartsWith("pool '", StringComparison.Ordinal)).Select(l => new Leak(LeakKind.Other, l)),
            .. memory,
        ];
    }

    private IEnumerable<(PsProcess Process, OpenHandle Handle)> Handles() =>
        machine.Processes.All.SelectMany(p => p.Handles.List().Select(h => (p, h)));

    private static EbpfObject? ObjectOf(OpenHandle handle) => (handle.Object as FileObject)?.FsContext as EbpfObject;

    private static string NameOf(ObObject @object) => @object switch
    {
        FileObject { FsContext: null or not EbpfObject } file => $"file of '{file.Device.Name}'",
        _ => @object.TypeName,
    };

    private static string NameOf(EbpfObject @object) => @object switch
    {
        EbpfMap map => $"map '{map.Name}' ({map.Traits.Name}, id {map.Id}, {map.Definition.MaxEntries} entries of {map.Layout.Total} bytes)",
        EbpfProgram program => $"program '{program.Name}' (id {program.Id})",
        EbpfLink link => $"link to {link.AttachTypeName} (id {link.Id})",
        _ => $"object (id {@object.Id})",
    };

    private static string KeptBy(EbpfObject @object) =>
        @object.PinnedPathCount == 1 ? "still pinned"
        : @object.PinnedPathCount > 1 ? $"still pinned to {@object.PinnedPathCount} paths"
        : @object.ReferenceCount == 1 ? "still referenced" : $"{@object.ReferenceCount} references";
}
