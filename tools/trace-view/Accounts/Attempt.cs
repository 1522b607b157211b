using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceView.Accounts;

/// <summary>A copy that a fault cut short, reconstructed from the buffer that it left and the preceding copies.</summary>
/// <param name="Position">Position of the event that reports the fault.</param>
/// <param name="IsWrite">Whether the buffer was written to.</param>
/// <param name="What">Name of the argument that the buffer was passed as, such as <c>values</c>; empty if unknown.</param>
/// <param name="Start">The first byte of the copy.</param>
/// <param name="Bytes">Number of bytes to copy.</param>
/// <param name="BufferStart">Start of the application's buffer; 0 if unknown.</param>
/// <param name="BufferBytes">Size of the buffer in bytes.</param>
/// <param name="Element">Index of the element that was copied, from 0; -1 if unknown.</param>
internal sealed record Attempt(
    int Position, bool IsWrite, string What, ulong Start, long Bytes, ulong BufferStart, long BufferBytes, long Element)
{
    /// <summary>Number of its bytes past the buffer's end.</summary>
    public long Beyond => What.Length == 0 ? Bytes : Math.Clamp((long)(Start + (ulong)Bytes - BufferStart) - BufferBytes, 0, Bytes);

    /// <summary>The attempt of a request that faulted; null for any other.</summary>
    public static Attempt? Of(RequestView request)
    {
        if (request.Fault is not { } fault)
        {
            return null;
        }

        string what = fault.Site[(fault.Site.LastIndexOf('.') + 1)..];
        if (request.Buffers.LastOrDefault(b => b.What == what && b.Position < fault.Position) is not { } buffer)
        {
            return new Attempt(fault.Position, fault.IsWrite, string.Empty, fault.Address, fault.Length, 0, 0, -1);
        }

        // The event has the first inaccessible byte. The copy began where the preceding one had ended.
        ulong start = buffer.Address;
        long element = 0;
        foreach (CopyEvent copy in request.Copies.Where(c => c.Position > buffer.Position && c.Position < fault.Position))
        {
            ulong side = fault.IsWrite ? copy.Destination : copy.Source;
            if (side >= buffer.Address && side < buffer.Address + (ulong)buffer.Bytes)
            {
                start = Math.Max(start, side + (ulong)copy.Bytes);
                element = Math.Max(element, copy.Element + 1);
            }
        }

        bool fits = start <= fault.Address && fault.Address < start + (ulong)fault.Length;
        return new Attempt(
            fault.Position, fault.IsWrite, what, fits ? start : fault.Address, fault.Length, buffer.Address, buffer.Bytes, fits ? element : -1);
    }
}
