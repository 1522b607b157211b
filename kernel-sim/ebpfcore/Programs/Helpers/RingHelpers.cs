using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Maps;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>The helpers that write records, as running code calls them. They return 0 or a negative <see cref="EbpfResult"/>.</summary>
internal static unsafe class RingHelpers
{
    // The parts of the flags of bpf_perf_event_output: EBPF_MAP_FLAG_*.
    private const ulong IndexMask = 0xFFFF_FFFF;
    private const uint CurrentCpu = 0xFFFF_FFFF;
    private const int ContextLengthShift = 32;
    private const ulong ContextLengthMask = 0xF_FFFF;

    /// <summary><c>bpf_ringbuf_output</c>.</summary>
    public static ulong RingbufOutput(in HelperCall call, ulong map, ulong data, ulong size, ulong flags, ulong r5) =>
        (ulong)(long)RingbufOutput(call.Thread, call.Map(map), (byte*)data, size, flags);

    /// <summary><c>bpf_perf_event_output</c>.</summary>
    public static ulong PerfEventOutput(in HelperCall call, ulong context, ulong map, ulong flags, ulong data, ulong size)
    {
        call.GetContextData((byte*)context, out byte* contextData, out byte* contextDataEnd);
        return (ulong)(long)PerfEventOutput(call.Thread, contextData, contextDataEnd, call.Map(map), flags, (byte*)data, size);
    }

    /// <summary><c>_ebpf_core_ring_buffer_output</c>.</summary>
    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="map">A ring buffer; the verifier allows no other map, and no register that is not a map.</param>
    /// <param name="data">Address of the payload.</param>
    /// <param name="size">Size of the payload in bytes.</param>
    /// <param name="flags">Ignored, as in upstream.</param>
    public static int RingbufOutput(KeThread current, EbpfMap? map, byte* data, ulong size, ulong flags)
    {
        _ = flags;
        return map is RingBufferMap ring ? -(int)ring.Output(current, data, size, site: null) : Refusal(map);
    }

    /// <summary><c>ebpf_perf_event_array_map_output_with_capture</c>.</summary>
    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="contextData">Start of the data that the program's context points to; null if it has none.</param>
    /// <param name="contextDataEnd">End of that data.</param>
    /// <param name="map">A perf event array; the verifier allows no other map, and no register that is not a map.</param>
    /// <param name="flags">Bits 0 to 31: the CPU, or all ones for this one. Bits 32 to 51: bytes of context data to append.</param>
    /// <param name="data">Address of the payload.</param>
    /// <param name="size">Size of the payload in bytes.</param>
    public static int PerfEventOutput(
        KeThread current, byte* contextData, byte* contextDataEnd, EbpfMap? map, ulong flags, byte* data, ulong size)
    {
        if (map is not PerfEventArrayMap array)
        {
            return Refusal(map);
        }

        // In upstream's order: the data to capture, then the processor, then the record.
        uint capture = (uint)((flags >> ContextLengthShift) & ContextLengthMask);
        if (capture != 0)
        {
            if (contextData == null || contextDataEnd == null)
            {
                return -(int)EbpfResult.OperationNotSupported;
            }

            if ((ulong)(contextDataEnd - contextData) < capture)
            {
                return -(int)EbpfResult.InvalidArgument;
            }
        }

        // Below DISPATCH_LEVEL a thread may have moved by the time it writes: it may not name a processor, not even its own.
        uint cpu = (uint)(flags & IndexMask);
        if (cpu != CurrentCpu && (current.Irql < Irql.Dispatch || cpu != (uint)current.ProcessorNumber))
        {
            return -(int)EbpfResult.InvalidArgument;
        }

        // A program may pass any size: the sum with the captured bytes must not overflow to a small number.
        return size > ulong.MaxValue - capture
            ? -(int)EbpfResult.ArithmeticOverflow
            : -(int)array.Output(current, data, size, contextData, capture, site: null);
    }

    private static int Refusal(EbpfMap? map)
    {
        EbpfResult answer = map?.Traits.AnswerTo(MapOperation.Ring) ?? EbpfResult.InvalidArgument;
        return -(int)(answer == EbpfResult.Success ? EbpfResult.InvalidArgument : answer);
    }
}
