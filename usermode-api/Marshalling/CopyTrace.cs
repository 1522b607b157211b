using System.Diagnostics.Tracing;
using KernelSim.Protocol;
using KernelSim.Tracing;
using static KernelSim.Tracing.UserApiEventSource;

namespace KernelSim.UserMode.Marshalling;

/// <summary>The events for the copies that a call makes between the program and its messages, and the count of their bytes.</summary>
internal sealed class CopyTrace
{
    private ulong _requestId;

    /// <summary>Whether a listener wants an event for every copy; determined once per call.</summary>
    public bool IsEnabled { get; private set; }

    /// <summary>Whether a listener wants events or counts; determined once per call.</summary>
    public bool IsWanted { get; private set; }

    /// <summary>Resets the object for the next call.</summary>
    public void Begin(ulong requestId, bool traced)
    {
        _requestId = requestId;
        IsEnabled = traced && Log.IsEnabled(EventLevel.Verbose, Keywords.Copy);
        IsWanted = IsEnabled || KernelSimMeter.CountsCopies;
    }

    /// <summary>Reports one copy.</summary>
    public void Copy(string stage, long element, ulong source, ulong destination, long bytes)
    {
        if (IsWanted)
        {
            Trace(stage, element, source, destination, bytes);
            KernelSimMeter.Copied(stage, bytes);
        }
    }

    /// <summary>
    /// Reports the copies between a message's records and spans of the .NET program, whose address is 0: one event for each element's key,
    /// and one for its value if it has one.
    /// </summary>
    public void Records(string stage, uint first, int recordsLength, in BatchLayout batch, ulong recordsAddress)
    {
        if (IsWanted)
        {
            uint count = IsEnabled ? (uint)(recordsLength / batch.RecordBytes) : 0;
            for (uint element = first; element < first + count; element++)
            {
                Field(stage, element, recordsAddress, batch.KeySize);
                Field(stage, element, recordsAddress + batch.KeySize, batch.ValueBytes);
                recordsAddress += (ulong)batch.RecordBytes;
            }

            KernelSimMeter.Copied(stage, recordsLength);
        }
    }

    /// <summary>Counts the bytes of a message's records that were copied at once, without events.</summary>
    public void Count(string stage, int recordsLength)
    {
        if (IsWanted)
        {
            KernelSimMeter.Copied(stage, recordsLength);
        }
    }

    private void Field(string stage, uint element, ulong messageAddress, uint bytes)
    {
        if (bytes > 0)
        {
            bool isMarshal = stage == CopyStage.Marshal;
            Trace(stage, element, isMarshal ? 0 : messageAddress, isMarshal ? messageAddress : 0, bytes);
        }
    }

    private void Trace(string stage, long element, ulong source, ulong destination, long bytes)
    {
        if (IsEnabled)
        {
            Log.Copy(_requestId, stage, element, slot: -1, source, destination, bytes);
        }
    }
}
