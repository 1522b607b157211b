using System.Collections.Frozen;
using KernelSim.TraceAnalysis.Events;
using KernelSim.Tracing;

namespace KernelSim.TraceView.Data;

/// <summary>Assigns events to lanes. An event without a row belongs to the library or the driver, by its provider.</summary>
internal static class LaneTable
{
    private static readonly FrozenDictionary<string, Lane> s_byName = new Dictionary<string, Lane>
    {
        ["ApiCallStart"] = Lane.Application,
        ["ApiCallStop"] = Lane.Application,
        ["ApplicationBuffer"] = Lane.Application,
        ["ProcessStart"] = Lane.Application,
        ["ProcessStop"] = Lane.Application,
        ["IoctlStart"] = Lane.Gate,
        ["IoctlStop"] = Lane.Gate,
        ["IrpPending"] = Lane.Gate,
        ["IrpCancel"] = Lane.Gate,
        ["HandleCreate"] = Lane.Gate,
        ["HandleClose"] = Lane.Gate,
        ["DeviceCreate"] = Lane.Gate,
        ["MachineStart"] = Lane.Gate,
        ["MachineStop"] = Lane.Gate,
        ["Bugcheck"] = Lane.Gate,
        ["DpcRun"] = Lane.Gate,
        ["MapCreate"] = Lane.MapStore,
        ["MapDelete"] = Lane.MapStore,
        ["MapLayout"] = Lane.MapStore,
        ["MapHelper"] = Lane.Program,
        ["TailCall"] = Lane.Program,
        ["Printk"] = Lane.Program,
        ["ProgramInvoke"] = Lane.Program,
        ["Instruction"] = Lane.Program,
        ["InstructionsNotRecorded"] = Lane.Program,
        ["ProgramFault"] = Lane.Program,
    }.ToFrozenDictionary();

    /// <summary>The lane of an event.</summary>
    public static Lane Of(TracedEvent e) => e switch
    {
        CopyEvent copy => OfStage(copy.Stage, e.Header.Provider),
        SizeCheckEvent check => OfCheck(check.Check, e.Header.Provider),
        InvalidArgumentEvent refusal => OfCheck(refusal.Check, e.Header.Provider),
        AccessViolationEvent fault => IsUser(e.Header.Provider) ? Lane.Library
            : fault.Site.StartsWith("library", StringComparison.Ordinal) ? Lane.Gate
            : Lane.Driver,
        RingEvent => Lane.MapStore,
        PoolEvent pool => OfPool(pool.Tag),
        _ => s_byName.TryGetValue(e.Header.Name, out Lane lane) ? lane : Otherwise(e.Header.Provider),
    };

    private static Lane OfStage(string stage, string provider) => stage switch
    {
        CopyStage.Marshal or CopyStage.Unmarshal => Lane.Library,
        CopyStage.BufferIn or CopyStage.BufferOut => Lane.Gate,
        CopyStage.MapStore or CopyStage.MapFetch => Lane.MapStore,
        _ => Otherwise(provider),
    };

    private static Lane OfCheck(string check, string provider) => check.Split('.', 2)[0] switch
    {
        "api" => Lane.Library,
        "io" => Lane.Gate,
        "map" => Lane.MapStore,
        _ => Otherwise(provider),
    };

    private static Lane OfPool(string tag) =>
        tag.StartsWith("Io", StringComparison.Ordinal) ? Lane.Gate : tag.StartsWith("mp", StringComparison.Ordinal) ? Lane.MapStore : Lane.Driver;

    private static Lane Otherwise(string provider) => IsUser(provider) ? Lane.Library : Lane.Driver;

    private static bool IsUser(string provider) => provider == UserApiEventSource.ProviderName;
}
