using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Programs.Helpers;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Programs;

/// <content>Output of a program: records in rings, lines in the trace.</content>
public readonly unsafe ref partial struct EbpfProgramContext
{
    /// <summary>Writes a record into a ring buffer: <c>bpf_ringbuf_output</c>.</summary>
    /// <param name="map">A ring buffer map.</param>
    /// <param name="data">Address of the payload.</param>
    /// <param name="size">Size of the payload in bytes.</param>
    /// <param name="flags">Ignored, as in upstream: the reader is woken if anything is unread.</param>
    /// <returns>0, or a negative <see cref="EbpfResult"/>: no memory if the ring is full.</returns>
    [Helper(BpfFuncId.RingbufOutput)]
    public int RingbufOutput(EbpfMap map, byte* data, ulong size, ulong flags = 0)
    {
        ArgumentNullException.ThrowIfNull(map);
        return RingHelpers.RingbufOutput(_call.Thread, map, data, size, flags);
    }

    /// <inheritdoc cref="RingbufOutput(EbpfMap, byte*, ulong, ulong)"/>
    [Helper(BpfFuncId.RingbufOutput)]
    public int RingbufOutput(EbpfMap map, ReadOnlySpan<byte> data, ulong flags = 0)
    {
        fixed (byte* d = data)
        {
            return RingbufOutput(map, d, (ulong)data.Length, flags);
        }
    }

    /// <summary>Writes a record into a processor's ring of a perf event array: <c>bpf_perf_event_output</c>.</summary>
    /// <param name="map">A perf event array map.</param>
    /// <param name="flags">
    /// Bits 0 to 31: the processor, which must be this one, or all ones for this one. Bits 32 to 51: number of bytes of the context's
    /// data to append.
    /// </param>
    /// <param name="data">Address of the payload.</param>
    /// <param name="contextData">The data that the program's context points to; empty if there is none.</param>
    /// <returns>0, or a negative <see cref="EbpfResult"/>: no memory if the ring is full, which counts the record as lost.</returns>
    [Helper(BpfFuncId.PerfEventOutput)]
    public int PerfEventOutput(EbpfMap map, ulong flags, ReadOnlySpan<byte> data, ReadOnlySpan<byte> contextData = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        fixed (byte* d = data, c = contextData)
        {
            return RingHelpers.PerfEventOutput(_call.Thread, c, c + contextData.Length, map, flags, d, (ulong)data.Length);
        }
    }

    /// <summary>Writes a line into the trace: <c>bpf_trace_printk2</c> to <c>bpf_trace_printk5</c>.</summary>
    /// <param name="format">
    /// UTF-8, such as <c>"%d packets"u8</c>: %d, %i, %u, %x, with l for 32 and ll for 64 bits, and %%. At most 510 bytes.
    /// </param>
    /// <param name="arguments">As many as there are specifiers, 0 to 3.</param>
    /// <returns>
    /// Length of the line in bytes; 0 if no session is listening; -1 for a format that is not allowed, or a line of more than 553 bytes.
    /// </returns>
    [Helper(BpfFuncId.TracePrintk2)]
    public int TracePrintk(ReadOnlySpan<byte> format, params ReadOnlySpan<ulong> arguments)
    {
        // The helper counts the terminator, which follows the last byte of a C# literal.
        byte* text = stackalloc byte[(int)PrintkHelpers.MaxFormatBytes + 1];
        if (format.Length > (int)PrintkHelpers.MaxFormatBytes - 1 || arguments.Length > 3)
        {
            return -1;
        }

        format.CopyTo(new Span<byte>(text, format.Length));
        text[format.Length] = 0;
        return PrintkHelpers.Print(_call, text, (ulong)format.Length + 1, arguments);
    }
}
