using System.Diagnostics.Tracing;
using KernelSim.Protocol;
using KernelSim.Tracing;
using static KernelSim.Tracing.UserApiEventSource;

namespace KernelSim.UserMode.Marshalling;

/// <summary>The events for the copies that a call makes between the program and its messages.</summary>
internal sealed class CopyTrace
{
    private ulong _requestId;

    /// <summary>Whether a listener wants an event for every copy; determined once per call.</summary>
    public bool IsEnabled { get; private set; }

    /// <summary>Resets the object for the next call.</summary>
    public void Begin(ulong requestId, bool traced)
    {
        _requestId = requestId;
        IsEnabled = traced && Log.IsEnabled(EventLevel.Verbose, Keywords.Copy);
    }

    /// <summary>Reports one copy.</summary>
    public void Copy(string stage, long element, ulong source, ulong destination, long bytes)
    {
        if (IsEnabled)
        {
            Log.Copy(_requestId, stage, element, slot: -1, source, destination, bytes);
        }
    }

    /// <summary>
    /// Reports the copies between a message's records and spans of the .NET program, whose address is 0: one event for each element's key,
    /// and one for its value if it has one.
    /// </summary>
    public void Records(string stage, uint first, int recordsLength, in BatchLayout batch, ulong recordsAddress)
    {
        uint count = IsEnabled ? (uint)(recordsLength / batch.RecordBytes) : 0;
        for (uint element = first; element < first + count; element++)
        {
            Field(stage, element, recordsAddress, batch.KeySize);
            Field(stage, element, recordsAddress + batch.KeySize, batch.ValueBytes);
            recordsAddress += (ulong)batch.RecordBytes;
        }
    }

    private void Field(string stage, uint element, ulong messageAddress, uint bytes)
    {
        if (bytes > 0)
        {
            bool isMarshal = stage == CopyStage.Marshal;
            Copy(stage, element, isMarshal ? 0 : messageAddress, isMarshal ? messageAddress : 0, bytes);
        }
    }
}
