using KernelSim.Protocol;
using KernelSim.Tracing;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode.Marshalling;

/// <summary>Reports copies between spans of the .NET program and messages, after they were made.</summary>
internal static class SpanTrace
{
    /// <summary>One event for each element's key, and one for its value if it has one.</summary>
    public static void Copies(ApiCall call, string stage, uint first, int recordsLength, in BatchLayout batch, ulong recordsAddress)
    {
        uint count = (uint)(recordsLength / batch.RecordBytes);
        for (uint element = first; element < first + count; element++)
        {
            Copy(call, stage, element, recordsAddress, batch.KeySize);
            Copy(call, stage, element, recordsAddress + batch.KeySize, batch.ValueBytes);
            recordsAddress += (ulong)batch.RecordBytes;
        }
    }

    private static void Copy(ApiCall call, string stage, uint element, ulong messageAddress, uint bytes)
    {
        if (bytes > 0)
        {
            bool isMarshal = stage == CopyStage.Marshal;
            call.TraceCopy(stage, element, -1, isMarshal ? 0 : messageAddress, isMarshal ? messageAddress : 0, bytes);
        }
    }
}
