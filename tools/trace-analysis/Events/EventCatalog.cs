using System.Collections.Frozen;

namespace KernelSim.TraceAnalysis.Events;

/// <summary>The events that have a type of their own: one row each. Recorders and readers create all events through it.</summary>
internal static class EventCatalog
{
    /// <summary>The event that carries an EventSource's manifest.</summary>
    private const int ManifestEvent = 0xFFFE;

    private static readonly FrozenDictionary<string, Func<EventHeader, TracedEvent>> s_rows =
        new Dictionary<string, Func<EventHeader, TracedEvent>>
        {
            ["ApiCallStart"] = ApiCallStartEvent.From,
            ["ApiCallStop"] = ApiCallStopEvent.From,
            ["IoctlStart"] = IoctlStartEvent.From,
            ["IoctlStop"] = IoctlStopEvent.From,
            ["Copy"] = CopyEvent.From,
            ["SizeCheck"] = SizeCheckEvent.From,
            ["InvalidArgument"] = InvalidArgumentEvent.From,
            ["AccessViolation"] = AccessViolationEvent.From,
            ["LibraryOpen"] = LibraryOpenEvent.From,
            ["ApplicationBuffer"] = ApplicationBufferEvent.From,
            ["BatchLayout"] = BatchLayoutEvent.From,
            ["MapLayout"] = MapLayoutEvent.From,
            ["ErrnoMapped"] = ErrnoMappedEvent.From,
            ["PoolAllocate"] = PoolEvent.From,
            ["PoolFree"] = PoolEvent.From,
            ["EpochAdvance"] = EpochAdvanceEvent.From,
            ["EpochRetire"] = EpochRetireEvent.From,
            ["DpcRun"] = DpcRunEvent.From,
            ["MapCreate"] = MapCreateEvent.From,
            ["MachineStart"] = MachineStartEvent.From,
            ["ProcessStart"] = ProcessStartEvent.From,
            ["ProgramCreate"] = ProgramCreateEvent.From,
            ["ProgramLoad"] = ProgramLoadEvent.From,
            ["ProgramInvoke"] = ProgramInvokeEvent.From,
            ["TestRunBegin"] = TestRunBeginEvent.From,
            ["TestRunEnd"] = TestRunEndEvent.From,
            ["MapHelper"] = HelperCallEvent.From,
            ["TailCall"] = HelperCallEvent.From,
            ["Printk"] = PrintkEvent.From,
            ["LinkAttach"] = LinkChangeEvent.From,
            ["LinkDetach"] = LinkChangeEvent.From,
            ["ExtensionAttach"] = ExtensionAttachEvent.From,
            ["HookInvoke"] = HookInvokeEvent.From,
            ["RingSubmit"] = RingEvent.From,
            ["RingDiscard"] = RingEvent.From,
            ["RingLost"] = RingEvent.From,
            ["RingWakeup"] = RingEvent.From,
            ["RingReturn"] = RingEvent.From,
            ["RingQueryComplete"] = RingEvent.From,
        }.ToFrozenDictionary();

    /// <summary>Whether the event with this id is one of the machine's: a provider also describes itself, and reports its own errors as event 0.</summary>
    public static bool IsMachineEvent(int id) => id is not (0 or ManifestEvent);

    public static TracedEvent Make(EventHeader header) =>
        s_rows.TryGetValue(header.Name, out Func<EventHeader, TracedEvent>? make) ? make(header) : new OtherEvent(header);
}
