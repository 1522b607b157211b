using KernelSim.EbpfCore;
using KernelSim.EbpfCore.Maps;
using KernelSim.NetEbpfExt;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tool.Tour.Facts;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Recording;
using KernelSim.Tracing;

namespace KernelSim.Tool.Tour.Acting;

/// <summary>Boots a machine, plays the performances on it while a recorder listens, and collects the results.</summary>
internal sealed class TourPlay
{
    /// <summary>Bases of request ids are farther apart than this.</summary>
    private const ulong MostRequests = 1UL << 40;

    private readonly TourSettings _settings;
    private readonly Machine _machine;
    private readonly EbpfCoreDriver _driver;
    private readonly PacketSchedule _schedule;
    private readonly IPacketProgram _program;

    private TourPlay(TourSettings settings, Machine machine, EbpfCoreDriver driver, IPacketProgram program)
    {
        _settings = settings;
        _machine = machine;
        _driver = driver;
        _program = program;
        _schedule = PacketSchedule.Draw(machine.Random, settings.Machine.Cpus);
    }

    /// <summary>
    /// Plays the tour once for nobody, so that the durations of the one that is kept are not mostly the runtime's compilation (JIT). A session
    /// that already records this process would record this too: then nothing is played.
    /// </summary>
    /// <returns>Whether it was played.</returns>
    public static bool WarmUp(TourSettings settings)
    {
        if (KernelEventSource.Log.IsEnabled())
        {
            return false;
        }

        ulong idBase = settings.RequestIdBase ^ (1UL << 62);
        using TraceRecorder recorder = TraceRecorder.StartInMemory();
        TourSettings rehearsal = settings with { Machine = settings.Machine with { Host = null }, TraceFile = null, RequestIdBase = idBase };
        return Run(rehearsal, recorder, out _) is null;
    }

    /// <summary>Plays the tour.</summary>
    /// <param name="settings">The user's settings.</param>
    /// <param name="recorder">A running recorder; it is stopped after the machine's shutdown.</param>
    /// <param name="facts">The results.</param>
    /// <returns>Why the machine has not all of the user's drivers; null if the tour was played.</returns>
    public static Failure? Run(TourSettings settings, TraceRecorder recorder, out TourFacts? facts)
    {
        facts = null;
        if (settings.Machine.ReadDrivers(out IHostDrivers? drivers) is { } unreadable)
        {
            return unreadable;
        }

        Failure? ending;
        List<(PerformancePlan Plan, HeapMode Heap, IReadOnlyList<PlayedCall> Calls)> played = [];
        PacketSchedule schedule;
        using (Machine machine = Machine.Boot(settings.Machine.ForMachine() with { RequestIdBase = settings.RequestIdBase }))
        {
            EbpfCoreDriver driver = new();
            Load(machine, driver);
            IPacketProgram program = settings.Program == TourProgram.C ? new ObjectProgram(NetworkOf(machine)) : new DelegateProgram();
            if (drivers?.LoadOn(machine) is { } failure)
            {
                return failure;
            }

            TourPlay play = new(settings, machine, driver, program);
            schedule = play._schedule;
            foreach (PerformancePlan plan in PerformancePlan.All.Where(p => settings.OnlyLibrary is null || p.Library == settings.OnlyLibrary))
            {
                HeapMode heap = plan.Heap ?? settings.Machine.Heap;
                played.Add((plan, heap, [.. play.Perform(plan, heap)]));
            }

            ending = MachineEnd.Of(machine, drivers);
        }

        TraceLog log = recorder.Stop();
        Queue<RequestView> requests = new(log.Requests.Where(r => r.Id - settings.RequestIdBase < MostRequests && IsBatch(r)));
        List<PerformanceFacts> performances =
        [
            .. played.Select(p => new PerformanceFacts(
                p.Plan.Id, p.Plan.Library, p.Heap, p.Plan.SizesForCpus, [.. p.Calls.Select(c => c.With(requests.Dequeue()))])),
        ];
        facts = new TourFacts(
            settings.Machine,
            schedule.Counted,
            schedule.Restored,
            performances,
            log,
            settings.TraceFile is null ? null : recorder.Path,
            recorder.Note,
            ending)
        {
            Program = settings.Program == TourProgram.C ? ProgramFacts(log, performances[0].Calls[0]) : null,
        };
        return null;
    }

    private static NetworkEventSource NetworkOf(Machine machine)
    {
        NetEbpfExtDriver network = new();
        Load(machine, network);
        return new NetworkEventSource(network);
    }

    private static void Load(Machine machine, IDriver driver)
    {
        NtStatus status = machine.LoadDriver(driver, out _);
        if (!status.IsSuccess)
        {
            throw new InvalidOperationException($"the driver {driver.Name} did not load: {status}");
        }
    }

    /// <summary>The program with the requests that brought it, as the trace has them: those of a process before its first batch.</summary>
    private static ObjectProgramFacts ProgramFacts(TraceLog log, CallFacts first) => new(
        CounterObject.Source,
        CounterObject.Bytes.Length,
        CounterObject.File,
        CounterObject.File.Programs[0],
        [.. log.Requests.Where(r => r.Id < first.Request.Id && r.ProcessId == first.ProcessId && IsOfObject(r))]);

    private static bool IsOfObject(RequestView request) =>
        request.Start?.Function is { } function && (function.StartsWith("bpf_object__", StringComparison.Ordinal)
            || function.StartsWith("bpf_program__", StringComparison.Ordinal));

    private static bool IsBatch(RequestView request) => request.Start?.Function is "bpf_map_update_batch" or "bpf_map_lookup_batch";

    /// <summary>
    /// An update, then a lookup. If the update crashed the process or spoilt the map, a fresh process makes the lookup, with a map that has
    /// the intended contents, so that errors of the lookup are its own.
    /// </summary>
    private IEnumerable<PlayedCall> Perform(PerformancePlan plan, HeapMode heap)
    {
        IReadOnlyList<FlowFacts> all = [.. _schedule.Counted, .. _schedule.Restored];
        CounterApplication application = Start(plan, heap);
        try
        {
            PlayedCall update = Look(application, application.Update(_schedule.Restored));
            yield return update;
            if (update.Result is null || update.HasSpoiltTheMap)
            {
                application.Dispose();
                application = Start(plan, heap, restore: true);
            }

            yield return Look(application, application.Lookup(all));
        }
        finally
        {
            application.Dispose();
        }
    }

    private CounterApplication Start(PerformancePlan plan, HeapMode heap, bool restore = false)
    {
        int valueBytes = plan.SizesForCpus ? (int)Layout.On(_settings.Machine.Cpus).Total : Counters.Size;
        CounterApplication application = CounterApplication.Start(_machine, _program, plan.Library, heap, valueBytes);
        WithMap(application, program =>
        {
            _program.Count(program, _schedule);
            if (restore)
            {
                program.Restore(_schedule.Restored);
            }
        });
        return application;
    }

    /// <summary>Adds the contents of the map after the call, if the map still exists.</summary>
    private PlayedCall Look(CounterApplication application, PlayedCall call)
    {
        IReadOnlyList<FlowFacts>? held = null;
        if (application.IsAlive)
        {
            WithMap(application, program => held = program.Read([.. TourMap.CountedPorts, .. TourMap.RestoredPorts]));
        }

        return call with { Held = held };
    }

    private void WithMap(CounterApplication application, Action<PacketCounter> use)
    {
        if (_driver.ReferenceMap(application.MapId, out EbpfMap? map) != EbpfResult.Success)
        {
            throw new InvalidOperationException($"there is no map {application.MapId}");
        }

        try
        {
            use(new PacketCounter(_driver, map!, _settings.Machine.Cpus));
        }
        finally
        {
            map!.Dereference();
        }
    }
}
