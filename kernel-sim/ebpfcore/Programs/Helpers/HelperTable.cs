using KernelSim.EbpfCore.Extensions;
using KernelSim.Protocol;
using static KernelSim.EbpfCore.Extensions.HelperArgumentType;
using static KernelSim.EbpfCore.Extensions.HelperReturnType;
using Id = KernelSim.Protocol.BpfFuncId;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>
/// The general helpers, one row each: <c>ebpf_core_helper_function_prototype_array</c> with its implementations. A new helper is a
/// <see cref="BpfFuncId"/>, a body in a file of this folder and a row here, and if C# programs are to call it, a member of
/// <see cref="EbpfProgramContext"/>.
/// </summary>
internal static unsafe class HelperTable
{
    // A row without an implementation is not an oversight: get_socket_cookie and redirect_map exist through a provider only.
    private static readonly HelperRow[] s_rows =
    [
        Row(Id.MapLookupElem, "bpf_map_lookup_elem", MapHelpers.MapLookupElem, PtrToMapValueOrNull, PtrToMap, PtrToMapKey)
            with { LookUp = MapHelpers.LookUpValue },
        Row(Id.MapUpdateElem, "bpf_map_update_elem", MapHelpers.MapUpdateElem, Integer, PtrToMap, PtrToMapKey, PtrToMapValue, Anything),
        Row(Id.MapDeleteElem, "bpf_map_delete_elem", MapHelpers.MapDeleteElem, Integer, PtrToMap, PtrToMapKey),
        Row(
            Id.MapLookupAndDeleteElem, "bpf_map_lookup_and_delete_elem", MapHelpers.MapLookupAndDeleteElem,
            PtrToMapValueOrNull, PtrToMap, PtrToMapKey),
        Row(Id.TailCall, "bpf_tail_call", TailCallHelper.TailCall, IntegerOrNoReturnIfSucceed, PtrToCtx, PtrToMapOfPrograms, Anything),
        Row(Id.GetPrandomU32, "bpf_get_prandom_u32", MachineHelpers.GetPrandomU32, Integer),
        Row(Id.KtimeGetBootNs, "bpf_ktime_get_boot_ns", ClockHelpers.KtimeGetNs, Integer),
        Row(Id.GetSmpProcessorId, "bpf_get_smp_processor_id", MachineHelpers.GetSmpProcessorId, Integer),
        Row(Id.KtimeGetNs, "bpf_ktime_get_ns", ClockHelpers.KtimeGetNs, Integer),
        Row(
            Id.CsumDiff, "bpf_csum_diff", MemoryHelpers.CsumDiff,
            Integer, PtrToReadableMemOrNull, ConstSizeOrZero, PtrToReadableMemOrNull, ConstSizeOrZero, Anything),
        Row(Id.RingbufOutput, "bpf_ringbuf_output", RingHelpers.RingbufOutput, Integer, PtrToMap, PtrToReadableMem, ConstSize, Anything),
        Row(Id.TracePrintk2, "bpf_trace_printk2", PrintkHelpers.TracePrintk2, Integer, PtrToReadableMem, ConstSize),
        Row(Id.TracePrintk3, "bpf_trace_printk3", PrintkHelpers.TracePrintk3, Integer, PtrToReadableMem, ConstSize, Anything),
        Row(Id.TracePrintk4, "bpf_trace_printk4", PrintkHelpers.TracePrintk4, Integer, PtrToReadableMem, ConstSize, Anything, Anything),
        Row(
            Id.TracePrintk5, "bpf_trace_printk5", PrintkHelpers.TracePrintk5,
            Integer, PtrToReadableMem, ConstSize, Anything, Anything, Anything),
        Row(Id.MapPushElem, "bpf_map_push_elem", MapHelpers.MapPushElem, Integer, PtrToMap, PtrToMapValue, Anything),
        Row(Id.MapPopElem, "bpf_map_pop_elem", MapHelpers.MapPopElem, Integer, PtrToMap, PtrToMapValue),
        Row(Id.MapPeekElem, "bpf_map_peek_elem", MapHelpers.MapPeekElem, Integer, PtrToMap, PtrToMapValue),
        Row(Id.GetCurrentPidTgid, "bpf_get_current_pid_tgid", IdentityHelpers.GetCurrentPidTgid, Integer),
        Row(Id.GetCurrentLogonId, "bpf_get_current_logon_id", IdentityHelpers.GetCurrentLogonId, Integer, PtrToCtx),
        Row(Id.IsCurrentAdmin, "bpf_is_current_admin", IdentityHelpers.IsCurrentAdmin, Integer, PtrToCtx),

        // Upstream keeps the names without _s for programs that were compiled with them.
        Row(Id.Memcpy, "bpf_memcpy", MemoryHelpers.Memcpy, Integer, PtrToWritableMem, ConstSizeOrZero, PtrToReadableMem, ConstSizeOrZero),
        Row(Id.Memcmp, "bpf_memcmp", MemoryHelpers.Memcmp, Integer, PtrToReadableMem, ConstSizeOrZero, PtrToReadableMem, ConstSizeOrZero),
        Row(Id.Memset, "bpf_memset", MemoryHelpers.Memset, Integer, PtrToWritableMem, ConstSizeOrZero, Anything),
        Row(Id.Memmove, "bpf_memmove", MemoryHelpers.Memcpy, Integer, PtrToWritableMem, ConstSizeOrZero, PtrToReadableMem, ConstSizeOrZero),
        Row(Id.GetSocketCookie, "bpf_get_socket_cookie", null, Integer, PtrToCtx),
        Row(
            Id.StrncpyS, "bpf_strncpy_s", StringHelpers.StrncpyS,
            Integer, PtrToWritableMem, ConstSizeOrZero, PtrToReadableMem, ConstSizeOrZero),
        Row(
            Id.StrncatS, "bpf_strncat_s", StringHelpers.StrncatS,
            Integer, PtrToWritableMem, ConstSizeOrZero, PtrToReadableMem, ConstSizeOrZero),
        Row(Id.StrnlenS, "bpf_strnlen_s", StringHelpers.StrnlenS, Integer, PtrToReadableMem, ConstSizeOrZero),
        Row(Id.KtimeGetBootMs, "bpf_ktime_get_boot_ms", ClockHelpers.KtimeGetMs, Integer),
        Row(Id.KtimeGetMs, "bpf_ktime_get_ms", ClockHelpers.KtimeGetMs, Integer),
        Row(
            Id.PerfEventOutput, "bpf_perf_event_output", RingHelpers.PerfEventOutput,
            Integer, PtrToCtx, PtrToMap, Anything, PtrToReadableMem, ConstSize),
        Row(
            Id.GetCurrentProcessStartKey, "bpf_get_current_process_start_key", IdentityHelpers.GetCurrentProcessStartKey,
            Integer, DontCare),
        Row(
            Id.GetCurrentThreadCreateTime, "bpf_get_current_thread_create_time", IdentityHelpers.GetCurrentThreadCreateTime,
            Integer, DontCare),
        Row(Id.RedirectMap, "bpf_redirect_map", null, Integer, PtrToMap, Anything, Anything),
    ];

    /// <summary>The rows, by id from 1.</summary>
    public static ReadOnlySpan<HelperRow> All => s_rows;

    /// <summary>The largest id in the table.</summary>
    public static uint LastId => s_rows[^1].Prototype.Id;

    /// <summary>Whether an id is that of a general helper, implemented or not.</summary>
    public static bool Has(uint id) => id > 0 && id <= LastId;

    /// <summary>Name of a helper, such as <c>bpf_map_lookup_elem</c>.</summary>
    public static string NameOf(BpfFuncId id) => s_rows[(int)id - 1].Prototype.Name;

    private static HelperRow Row(BpfFuncId id, string name, HelperFunction? body, HelperReturnType returns, params HelperArgumentType[] takes) =>
        new(new HelperPrototype(id, name, returns, takes), body);
}

/// <summary>A general helper: its signature for the verifier, and its implementation.</summary>
/// <param name="Prototype">Its id, name and types.</param>
/// <param name="Implementation">Its implementation; null if only an extension can provide one.</param>
internal sealed record HelperRow(HelperPrototype Prototype, HelperFunction? Implementation)
{
    /// <summary>For the helper that programs call most: its implementation for callers that have found the map.</summary>
    public MapLookup? LookUp { get; init; }
}
