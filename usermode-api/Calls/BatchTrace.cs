using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tracing;

namespace KernelSim.UserMode.Calls;

/// <summary>
/// Traces the layouts that application and library assume for the elements of a call: two of the three witnesses. The kernel is the third.
/// </summary>
internal static class BatchTrace
{
    /// <summary>Traces the library's view.</summary>
    /// <param name="call">The batch call.</param>
    /// <param name="batch">The layout of records in messages.</param>
    /// <param name="value">The layout of one value as the library assumes it.</param>
    /// <param name="elementsPerMessage">Number of elements in a full message.</param>
    public static void Layout(ApiCall call, in BatchLayout batch, in PerCpuLayout value, int elementsPerMessage)
    {
        if (call.TracesLayout)
        {
            UserApiEventSource.Log.BatchLayout(
                call.RequestId,
                call.Function,
                batch.KeySize,
                value.ValueSize,
                value.Stride,
                batch.ValueBytes,
                value.SlotCount,
                elementsPerMessage);
        }
    }

    /// <summary>Traces the application's view: the rest of the block that it allocated, from the pointer on.</summary>
    public static void Buffer(ApiCall call, string what, ulong address)
    {
        if (call.TracesLayout)
        {
            long bytes = call.Memory.TryGetHeapBlock(address, out UserRange block) ? (long)(block.End - address) : 0;
            UserApiEventSource.Log.ApplicationBuffer(call.RequestId, call.Library.Gate.ProcessId, call.Function, what, address, bytes);
        }
    }
}
