using System.Runtime.CompilerServices;
using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Io;

/// <summary>Writes the flight recorder's record of a completed control request: what it was, its outcome, and what it copied.</summary>
internal static unsafe class CompletedRecord
{
    /// <summary>Writes it, without a call as long as the thread has a slot.</summary>
    /// <param name="current">The thread that finishes the request.</param>
    /// <param name="irp">The control request, with its final status.</param>
    /// <param name="copies">What the driver has copied for it.</param>
    /// <param name="hasReply">Whether its process could be given the reply.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(KeThread current, Irp irp, in FlightCopies copies, bool hasReply)
    {
        FlightRecord* record = current.TakeRecord(out ulong sequence);
        if (record != null)
        {
            Fill(record, sequence, current, irp, in copies, hasReply);
        }
        else
        {
            WriteClaimed(current, irp, in copies, hasReply);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WriteClaimed(KeThread current, Irp irp, in FlightCopies copies, bool hasReply)
    {
        FlightRecord* record = current.ClaimRecord(out ulong sequence);
        if (record != null)
        {
            Fill(record, sequence, current, irp, in copies, hasReply);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fill(FlightRecord* record, ulong sequence, KeThread current, Irp irp, in FlightCopies copies, bool hasReply)
    {
        record->Fill(
            FlightKind.IoctlCompleted,
            irp.RequestId,
            current.ProcessorNumber,
            irp.Process!.Id,
            irp.ControlCode.Value,
            irp.Status.Value);
        record->Complete(
            sequence,
            (long)irp.RequestStart,
            FlightOutcome.Pair(hasReply ? (long)irp.Information : 0, (long)copies.Object),
            FlightOutcome.Pair(irp.InputLength, irp.OutputLength),
            FlightOutcome.Pair(copies.Stored, copies.Fetched));
    }
}
