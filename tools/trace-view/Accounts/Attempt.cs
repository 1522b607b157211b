using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceView.Accounts;

/// <summary>A copy that a fault cut short, put together from the buffer that it left and the copies before it.</summary>
/// <param name="Position">The event that reports the fault.</param>
/// <param name="IsWrite">Whether the buffer was written to.</param>
/// <param name="What">The argument that the buffer was passed as, such as <c>values</c>; empty when the trace does not say.</param>
/// <param name="Start">The first byte that the copy was to touch.</param>
/// <param name="Bytes">Bytes wanted.</param>
/// <param name="BufferStart">Where the application's buffer begins; 0 when the trace does not say.</param>
/// <param name="BufferBytes">Its length.</param>
/// <param name="Element">The element that the copy was of, from 0; -1 when the trace does not say.</param>
internal sealed record Attempt(
    int Position, bool IsWrite, string What, ulong Start, long Bytes, ulong BufferStart, long BufferBytes, long Element)
{
    /// <summary>Bytes of it that lie behind the buffer's end.</summary>
    public long Beyond => What.Length == 0 ? Bytes : Math.Clamp((long)(Start + (ulong)Bytes - BufferStart) - BufferBytes, 0, Bytes);

    /// <summary>The attempt of a request that faulted; null for one that did not.</summary>
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

        // The event has the first byte that could not be touched. The copy began where the one before it had ended.
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
