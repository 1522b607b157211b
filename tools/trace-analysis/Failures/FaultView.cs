using KernelSim.TraceAnalysis.Events;
using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis.Failures;

/// <summary>An access violation, related to the buffer that it overran.</summary>
/// <param name="Event">The access violation.</param>
/// <param name="Buffer">The application's buffer in which the access began or from which it ran on; null if there is none.</param>
/// <param name="Start">Start of the access.</param>
/// <param name="Element">Index of the element that was being copied, from 0; -1 if unknown.</param>
/// <param name="Slot">The CPU's slot that contains the first unreachable byte, from 0; -1 if unknown.</param>
public sealed record FaultView(AccessViolationEvent Event, ApplicationBufferEvent? Buffer, ulong Start, long Element, long Slot)
{
    /// <summary>Address one past the buffer's last byte.</summary>
    public ulong BufferEnd => Buffer is null ? 0 : Buffer.Address + (ulong)Buffer.Bytes;

    /// <summary>Offset of the access from the start of the buffer, in bytes.</summary>
    public long Offset => Buffer is null ? 0 : (long)(Start - Buffer.Address);

    /// <summary>Number of bytes of the access past the buffer's end.</summary>
    public long BytesPastEnd => Buffer is null ? 0 : (long)(Start + (ulong)Event.Length - BufferEnd);

    /// <summary>Finds the fault among a request's events; null if there is none.</summary>
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
