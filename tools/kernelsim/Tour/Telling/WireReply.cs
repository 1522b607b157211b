using KernelSim.Protocol;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.Tracing;

namespace KernelSim.Tool.Tour.Telling;

/// <summary>
/// The reply of a batch lookup as both sides saw it, from the copies in the trace: where the kernel put its records and where the
/// library split them. Offsets are from the start of the reply message.
/// </summary>
internal sealed class WireReply
{
    private const int KeyBytes = sizeof(uint);

    private readonly PerCpuLayout _layout;
    private readonly List<long> _kernelValues = [];

    public WireReply(RequestView request, PerCpuLayout layout)
    {
        _layout = layout;
        CopyEvent[] copies = [.. request.Copies];
        int fetched = Array.FindIndex(copies, c => c.Stage == CopyStage.MapFetch);
        CopyEvent? message = fetched < 0 ? null : copies.Skip(fetched).FirstOrDefault(c => c.Stage == CopyStage.BufferOut);
        if (message is null)
        {
            return;
        }

        int crossed = Array.IndexOf(copies, message);
        _kernelValues.AddRange(
            copies.Skip(fetched).Take(crossed - fetched)
                .Where(c => c.Stage == CopyStage.MapFetch)
                .Select(c => (long)(c.Destination - message.Source)));
        Cuts =
        [
            .. copies.Skip(crossed).TakeWhile(c => c.Stage is CopyStage.BufferOut or CopyStage.Unmarshal)
                .Where(c => c.Stage == CopyStage.Unmarshal && c.Element >= 0)
                .GroupBy(c => c.Element)
                .Select(g => (long)(g.Min(c => c.Source) - message.Destination)),
        ];
    }

    /// <summary>The offsets at which the library split records, in order.</summary>
    public IReadOnlyList<long> Cuts { get; } = [];

    /// <summary>The offset of the kernel's first record.</summary>
    public long Start => _kernelValues.Count == 0 ? 0 : _kernelValues[0] - KeyBytes;

    /// <summary>Number of records that the kernel packed into it.</summary>
    public int KernelRecords => _kernelValues.Count;

    /// <summary>The meaning of the bytes at an offset, as the kernel packed them.</summary>
    public string Meaning(long offset, int length)
    {
        List<string> parts = [];
        for (long at = offset; at < offset + length; at += sizeof(uint))
        {
            (string what, string? field) = MeaningOf(at);

            // Fields of the same CPU are combined: CPU 1 packets, bytes, drops.
            if (field is not null && parts.Count > 0 && parts[^1].StartsWith(what + " ", StringComparison.Ordinal))
            {
                parts[^1] += $", {field}";
            }
            else
            {
                parts.Add(field is null ? what : $"{what} {field}");
            }
        }

        return string.Join(" | ", parts);
    }

    private (string What, string? Field) MeaningOf(long offset)
    {
        int record = _kernelValues.FindLastIndex(v => offset >= v - KeyBytes);
        if (record < 0)
        {
            return ("?", null);
        }

        long within = offset - _kernelValues[record];
        long cpu = within / _layout.Stride;
        return within < 0 ? (record == 0 ? "key" : "next key", null)
            : cpu >= _layout.SlotCount ? ("beyond", null)
            : (within % _layout.Stride) switch
            {
                < 4 => ($"CPU {cpu}", "packets"),
                < 8 => ($"CPU {cpu}", "bytes"),
                < 12 => ($"CPU {cpu}", "drops"),
                _ => ($"padding of CPU {cpu}", null),
            };
    }
}
