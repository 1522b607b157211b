using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using Arg = KernelSim.EbpfCore.Extensions.HelperArgumentType;
using Ret = KernelSim.EbpfCore.Extensions.HelperReturnType;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>
/// The general helpers, one row each: <c>ebpf_core_helper_function_prototype_array</c> with its implementations. A new helper is a body
/// in a file of its own and a row here, and if C# programs are to call it, a method of <see cref="EbpfProgramContext"/>.
/// </summary>
internal static unsafe class HelperTable
{
    /// <summary>The largest id in the table.</summary>
    public const uint LastId = 35;

    // No row without an implementation is an oversight: 26 and 35 exist through a provider only, the others are yet to be built.
    private static readonly HelperRow[] s_rows =
    [
        Row(1, "bpf_map_lookup_elem", MapLookup, Ret.PtrToMapValueOrNull, Arg.PtrToMap, Arg.PtrToMapKey),
        Row(2, "bpf_map_update_elem", MapUpdate, Ret.Integer, Arg.PtrToMap, Arg.PtrToMapKey, Arg.PtrToMapValue, Arg.Anything),
        Row(3, "bpf_map_delete_elem", MapDelete, Ret.Integer, Arg.PtrToMap, Arg.PtrToMapKey),
        Row(4, "bpf_map_lookup_and_delete_elem", MapLookupAndDelete, Ret.PtrToMapValueOrNull, Arg.PtrToMap, Arg.PtrToMapKey),
        Row(5, "bpf_tail_call", TailCallHelper, Ret.IntegerOrNoReturnIfSucceed, Arg.PtrToCtx, Arg.PtrToMapOfPrograms, Arg.Anything),
        Row(6, "bpf_get_prandom_u32", static (in c, _, _, _, _, _) => c.Core.Machine.Random.NextUInt32(), Ret.Integer),
        Row(7, "bpf_ktime_get_boot_ns", BootNanoseconds, Ret.Integer),
        Row(8, "bpf_get_smp_processor_id", static (in c, _, _, _, _, _) => (ulong)c.Thread.ProcessorNumber, Ret.Integer),
        Row(9, "bpf_ktime_get_ns", BootNanoseconds, Ret.Integer),
        Row(
            10, "bpf_csum_diff", ChecksumDifference, Ret.Integer,
            Arg.PtrToReadableMemOrNull, Arg.ConstSizeOrZero, Arg.PtrToReadableMemOrNull, Arg.ConstSizeOrZero, Arg.Anything),
        Row(11, "bpf_ringbuf_output", RingbufOutput, Ret.Integer, Arg.PtrToMap, Arg.PtrToReadableMem, Arg.ConstSize, Arg.Anything),
        Row(12, "bpf_trace_printk2", Printk2, Ret.Integer, Arg.PtrToReadableMem, Arg.ConstSize),
        Row(13, "bpf_trace_printk3", Printk3, Ret.Integer, Arg.PtrToReadableMem, Arg.ConstSize, Arg.Anything),
        Row(14, "bpf_trace_printk4", Printk4, Ret.Integer, Arg.PtrToReadableMem, Arg.ConstSize, Arg.Anything, Arg.Anything),
        Row(15, "bpf_trace_printk5", Printk5, Ret.Integer, Arg.PtrToReadableMem, Arg.ConstSize, Arg.Anything, Arg.Anything, Arg.Anything),
        Row(16, "bpf_map_push_elem", MapPush, Ret.Integer, Arg.PtrToMap, Arg.PtrToMapValue, Arg.Anything),
        Row(17, "bpf_map_pop_elem", MapPop, Ret.Integer, Arg.PtrToMap, Arg.PtrToMapValue),
        Row(18, "bpf_map_peek_elem", MapPeek, Ret.Integer, Arg.PtrToMap, Arg.PtrToMapValue),
        Row(19, "bpf_get_current_pid_tgid", PidTgid, Ret.Integer),
        Row(20, "bpf_get_current_logon_id", LogonId, Ret.Integer, Arg.PtrToCtx),
        Row(21, "bpf_is_current_admin", IsCurrentAdmin, Ret.Integer, Arg.PtrToCtx),

        // Upstream keeps the names without _s for programs that were compiled with them.
        Row(22, "bpf_memcpy", Copy, Ret.Integer, Arg.PtrToWritableMem, Arg.ConstSizeOrZero, Arg.PtrToReadableMem, Arg.ConstSizeOrZero),
        Row(23, "bpf_memcmp", Compare, Ret.Integer, Arg.PtrToReadableMem, Arg.ConstSizeOrZero, Arg.PtrToReadableMem, Arg.ConstSizeOrZero),
        Row(24, "bpf_memset", Fill, Ret.Integer, Arg.PtrToWritableMem, Arg.ConstSizeOrZero, Arg.Anything),
        Row(25, "bpf_memmove", Copy, Ret.Integer, Arg.PtrToWritableMem, Arg.ConstSizeOrZero, Arg.PtrToReadableMem, Arg.ConstSizeOrZero),
        Row(26, "bpf_get_socket_cookie", null, Ret.Integer, Arg.PtrToCtx),
        Row(27, "bpf_strncpy_s", StringCopy, Ret.Integer, Arg.PtrToWritableMem, Arg.ConstSizeOrZero, Arg.PtrToReadableMem, Arg.ConstSizeOrZero),
        Row(28, "bpf_strncat_s", StringConcatenate, Ret.Integer, Arg.PtrToWritableMem, Arg.ConstSizeOrZero, Arg.PtrToReadableMem, Arg.ConstSizeOrZero),
        Row(29, "bpf_strnlen_s", StringLength, Ret.Integer, Arg.PtrToReadableMem, Arg.ConstSizeOrZero),
        Row(30, "bpf_ktime_get_boot_ms", BootMilliseconds, Ret.Integer),
        Row(31, "bpf_ktime_get_ms", BootMilliseconds, Ret.Integer),
        Row(
            32, "bpf_perf_event_output", PerfEventOutput, Ret.Integer,
            Arg.PtrToCtx, Arg.PtrToMap, Arg.Anything, Arg.PtrToReadableMem, Arg.ConstSize),
        Row(33, "bpf_get_current_process_start_key", ProcessStartKey, Ret.Integer, Arg.DontCare),
        Row(34, "bpf_get_current_thread_create_time", ThreadCreateTime, Ret.Integer, Arg.DontCare),
        Row(35, "bpf_redirect_map", null, Ret.Integer, Arg.PtrToMap, Arg.Anything, Arg.Anything),
    ];

    /// <summary>The rows, by id from 1.</summary>
    public static ReadOnlySpan<HelperRow> All => s_rows;

    /// <summary>A helper by its id; null if the id is not a general helper's.</summary>
    public static HelperRow? Find(uint id) => id - 1 < (uint)s_rows.Length ? s_rows[id - 1] : null;

    private static HelperRow Row(uint id, string name, HelperFunction? body, Ret returns, params Arg[] takes) =>
        new(new HelperPrototype(id, name, returns, takes), body);

    private static ulong TailCallHelper(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        (ulong)(long)TailCall.Run(call, call.Map(r2), (uint)r3);

    private static ulong BootNanoseconds(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        ClockHelpers.Nanoseconds(call.Thread);

    private static ulong BootMilliseconds(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        ClockHelpers.Milliseconds(call.Thread);

    private static ulong ChecksumDifference(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        (ulong)(long)MemoryHelpers.ChecksumDifference((byte*)r1, (int)r2, (byte*)r3, (int)r4, (int)r5);

    private static ulong Printk2(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        (ulong)(long)TracePrintk.Run(call, (byte*)r1, r2, []);

    private static ulong Printk3(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        (ulong)(long)TracePrintk.Run(call, (byte*)r1, r2, [r3]);

    private static ulong Printk4(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        (ulong)(long)TracePrintk.Run(call, (byte*)r1, r2, [r3, r4]);

    private static ulong Printk5(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        (ulong)(long)TracePrintk.Run(call, (byte*)r1, r2, [r3, r4, r5]);

    private static ulong PidTgid(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        IdentityHelpers.PidTgid(call.Thread);

    private static ulong LogonId(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        IdentityHelpers.LogonId(call.Thread);

    private static ulong IsCurrentAdmin(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        unchecked((ulong)(long)IdentityHelpers.IsCurrentAdmin());

    private static ulong Copy(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        (ulong)(long)MemoryHelpers.Copy((byte*)r1, r2, (byte*)r3, r4);

    private static ulong Compare(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        (ulong)(long)MemoryHelpers.Compare((byte*)r1, r2, (byte*)r3, r4);

    private static ulong Fill(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        (ulong)MemoryHelpers.Fill((byte*)r1, r2, (int)r3);

    private static ulong StringCopy(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        (ulong)(long)StringHelpers.Copy((byte*)r1, r2, (byte*)r3, r4);

    private static ulong StringConcatenate(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        (ulong)(long)StringHelpers.Concatenate((byte*)r1, r2, (byte*)r3, r4);

    private static ulong StringLength(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        StringHelpers.Length((byte*)r1, r2);

    private static ulong ProcessStartKey(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        IdentityHelpers.ProcessStartKey(call.Thread);

    private static ulong ThreadCreateTime(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        (ulong)IdentityHelpers.ThreadCreateTime(call.Thread);

    private static ulong MapLookup(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) => call.Map(r1) switch
    {
        null => 0,
        ObjectMap map => MapHelpers.LookupMap(map, call, (byte*)r2)?.Pointer.Value ?? 0,
        EbpfMap map => (ulong)MapHelpers.Lookup(map, call, (byte*)r2, delete: false),
    };

    private static ulong MapLookupAndDelete(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        call.Map(r1) is { } map ? (ulong)MapHelpers.Lookup(map, call, (byte*)r2, delete: true) : 0;

    private static ulong MapUpdate(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        (ulong)(call.Map(r1) is { } map ? MapHelpers.Update(map, call, (byte*)r2, (byte*)r3, r4) : NoMap);

    private static ulong MapDelete(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        (ulong)(call.Map(r1) is { } map ? MapHelpers.Delete(map, call, (byte*)r2) : NoMap);

    private static ulong MapPush(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        (ulong)(call.Map(r1) is { } map ? MapHelpers.Push(map, call, (byte*)r2, r3) : NoMap);

    private static ulong MapPop(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        (ulong)(call.Map(r1) is { } map ? MapHelpers.Pop(map, call, (byte*)r2, delete: true) : NoMap);

    private static ulong MapPeek(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        (ulong)(call.Map(r1) is { } map ? MapHelpers.Pop(map, call, (byte*)r2, delete: false) : NoMap);

    private static ulong RingbufOutput(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        (ulong)(call.Map(r1) is { } map ? RingHelpers.RingbufOutput(call.Thread, map, (byte*)r2, r3, r4) : NoMap);

    /// <summary>The data that may be captured is between two pointers in the program's context: <c>ebpf_program_get_context_data</c>.</summary>
    private static ulong PerfEventOutput(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5)
    {
        byte* context = (byte*)r1;
        byte* data = null;
        byte* end = null;
        if (context != null && call.Program?.TypeData?.Info.Descriptor.ContextDescriptor is { Data: >= 0, End: >= 0, Size: > 0 } descriptor)
        {
            data = *(byte**)(context + descriptor.Data);
            end = *(byte**)(context + descriptor.End);
        }

        return (ulong)(call.Map(r2) is { } map ? RingHelpers.PerfEventOutput(call.Thread, data, end, map, r3, (byte*)r4, r5) : NoMap);
    }

    /// <summary>The result for a register that is not a map, which the verifier lets no program pass.</summary>
    private static long NoMap => -(long)EbpfResult.InvalidArgument;
}
