using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis.Events;

/// <summary>
/// The events that have a record of their own: one row each, with the names of its events. Recorders and readers make all events through it.
/// </summary>
public static class EventCatalog
{
    private static readonly FrozenDictionary<string, RecordReader> s_readers =
        new[]
        {
            Row<ApiCallStartEvent>(nameof(UserApiEventSource.ApiCallStart)),
            Row<ApiCallStopEvent>(nameof(UserApiEventSource.ApiCallStop)),
            Row<IoctlStartEvent>(nameof(KernelEventSource.IoctlStart)),
            Row<IoctlStopEvent>(nameof(KernelEventSource.IoctlStop)),
            Row<CopyEvent>(nameof(KernelEventSource.Copy)),
            Row<SizeCheckEvent>(nameof(KernelEventSource.SizeCheck)),
            Row<InvalidArgumentEvent>(nameof(KernelEventSource.InvalidArgument)),
            Row<AccessViolationEvent>(nameof(KernelEventSource.AccessViolation)),
            Row<LibraryOpenEvent>(nameof(UserApiEventSource.LibraryOpen)),
            Row<ApplicationBufferEvent>(nameof(UserApiEventSource.ApplicationBuffer)),
            Row<BatchLayoutEvent>(nameof(UserApiEventSource.BatchLayout)),
            Row<MapLayoutEvent>(nameof(KernelEventSource.MapLayout)),
            Row<ErrnoMappedEvent>(nameof(UserApiEventSource.ErrnoMapped)),
            Row<PoolEvent>(nameof(KernelEventSource.PoolAllocate), nameof(KernelEventSource.PoolFree)),
            Row<EpochAdvanceEvent>(nameof(KernelEventSource.EpochAdvance)),
            Row<EpochRetireEvent>(nameof(KernelEventSource.EpochRetire)),
            Row<DpcRunEvent>(nameof(KernelEventSource.DpcRun)),
            Row<MapCreateEvent>(nameof(KernelEventSource.MapCreate)),
            Row<MachineStartEvent>(nameof(KernelEventSource.MachineStart)),
            Row<ProcessStartEvent>(nameof(KernelEventSource.ProcessStart)),
            Row<ProgramCreateEvent>(nameof(KernelEventSource.ProgramCreate)),
            Row<ProgramLoadEvent>(nameof(KernelEventSource.ProgramLoad)),
            Row<ProgramInvokeEvent>(nameof(KernelEventSource.ProgramInvoke)),
            Row<TestRunBeginEvent>(nameof(KernelEventSource.TestRunBegin)),
            Row<TestRunEndEvent>(nameof(KernelEventSource.TestRunEnd)),
            Row<HelperCallEvent>(nameof(KernelEventSource.MapHelper), nameof(KernelEventSource.TailCall)),
            Row<InstructionEvent>(nameof(KernelEventSource.Instruction)),
            Row<InstructionsNotRecordedEvent>(nameof(KernelEventSource.InstructionsNotRecorded)),
            Row<ProgramFaultEvent>(nameof(KernelEventSource.ProgramFault)),
            Row<ProgramRefusalEvent>(nameof(UserApiEventSource.ProgramRefusal)),
            Row<PrintkEvent>(nameof(KernelEventSource.Printk)),
            Row<LinkChangeEvent>(nameof(KernelEventSource.LinkAttach), nameof(KernelEventSource.LinkDetach)),
            Row<ExtensionAttachEvent>(nameof(KernelEventSource.ExtensionAttach)),
            Row<HookInvokeEvent>(nameof(KernelEventSource.HookInvoke)),
            Row<RingEvent>(
                nameof(KernelEventSource.RingSubmit), nameof(KernelEventSource.RingDiscard), nameof(KernelEventSource.RingLost),
                nameof(KernelEventSource.RingWakeup), nameof(KernelEventSource.RingReturn), nameof(KernelEventSource.RingQueryComplete)),
        }.SelectMany(row => row.Events.Select(name => (Name: name, row.Reader))).ToFrozenDictionary(row => row.Name, row => row.Reader);

    /// <summary>Makes an event: the record of its row, or an <see cref="OtherEvent"/>.</summary>
    public static TracedEvent Make(EventHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return Make(header, ReaderOf(header.Name));
    }

    /// <summary>The reader of an event with a name; null if it has no record of its own.</summary>
    internal static RecordReader? ReaderOf(string name) => s_readers.GetValueOrDefault(name);

    /// <summary>Makes an event whose reader is known.</summary>
    internal static TracedEvent Make(EventHeader header, RecordReader? reader) => reader?.Read(header) ?? new OtherEvent(header);

    /// <summary>The reader of each event that has a row, by the name of the event.</summary>
    internal static IReadOnlyDictionary<string, RecordReader> Readers => s_readers;

    private static (RecordReader Reader, string[] Events) Row<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(params string[] events)
        where T : TracedEvent => (new RecordReader(typeof(T)), events);
}
