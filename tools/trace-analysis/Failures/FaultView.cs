using KernelSim.TraceAnalysis.Events;
using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis.Failures;

/// <summary>An access violation, told by the buffer that it ran out of.</summary>
/// <param name="Event">The violation.</param>
/// <param name="Buffer">The application's buffer that the access began in or ran on from; null when it has nothing to do with one.</param>
/// <param name="Start">Where the access began.</param>
/// <param name="Element">The element that was being copied, from 0; -1 when the copies do not say.</param>
/// <param name="Slot">The CPU's slot that the first unreachable byte belongs to, from 0; -1 when the layout is not known.</param>
public sealed record FaultView(AccessViolationEvent Event, ApplicationBufferEvent? Buffer, ulong Start, long Element, long Slot)
{
    /// <summary>One past the buffer's last byte.</summary>
    public ulong BufferEnd => Buffer is null ? 0 : Buffer.Address + (ulong)Buffer.Bytes;

    /// <summary>Bytes of the buffer before the access began; the offset of its first byte.</summary>
    public long Offset => Buffer is null ? 0 : (long)(Start - Buffer.Address);

    /// <summary>How many bytes of the access lay past the buffer's end.</summary>
    public long BytesPastEnd => Buffer is null ? 0 : (long)(Start + (ulong)Event.Length - BufferEnd);

    /// <summary>Reads the fault of a request out of its events; null when it has none.</summary>
    public static FaultView? Of(RequestView request)
    {
        if (request.Fault is not { } fault)
        {
            return null;
        }

        ApplicationBufferEvent? buffer = request.Buffers
            .Where(b => b.Address <= fault.Address && fault.Address <= b.Address + (ulong)b.Bytes + (ulong)fault.Length)
            .MaxBy(b => b.Address);
        if (buffer is null)
        {
            return new FaultView(fault, null, fault.Address, -1, -1);
        }

        CopyEvent[] copies = [.. CopiesOf(request, buffer, fault)];
        ulong start = copies.Length == 0 ? buffer.Address : AddressIn(copies[^1]) + (ulong)copies[^1].Bytes;
        if (start > fault.Address || start + (ulong)fault.Length <= fault.Address)
        {
            start = fault.Address;
        }

        long element = copies.Length == 0 ? 0 : copies[^1].Element + 1;
        long stride = request.Witnesses.Library.Stride ?? 0;
        long slot = buffer.What == "values" && stride > 0 ? (long)(fault.Address - start) / stride : -1;
        return new FaultView(fault, buffer, start, element, slot);
    }

    /// <summary>The library's copies of elements from or to the buffer, before the fault.</summary>
    private static IEnumerable<CopyEvent> CopiesOf(RequestView request, ApplicationBufferEvent buffer, AccessViolationEvent fault) =>
        request.Copies.Where(c => c.Stage is CopyStage.Marshal or CopyStage.Unmarshal && c.Element >= 0
            && c.Position < fault.Position && AddressIn(c) >= buffer.Address && AddressIn(c) <= fault.Address);

    private static ulong AddressIn(CopyEvent copy) => copy.Stage == CopyStage.Marshal ? copy.Source : copy.Destination;
}
