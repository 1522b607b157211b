using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tracing;

namespace KernelSim.UserMode.Calls;

/// <summary>What application and library believe about the elements of a call: two of the three witnesses. The kernel is the third.</summary>
internal static class BatchTrace
{
    /// <summary>The library's testimony.</summary>
    /// <param name="call">The call.</param>
    /// <param name="batch">How records lie in messages.</param>
    /// <param name="value">One value as the library takes it.</param>
    /// <param name="elementsPerMessage">Elements in a full message.</param>
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

    /// <summary>The application's testimony: what is left of the block that it allocated, from the pointer on.</summary>
    public static void Buffer(ApiCall call, string what, ulong address)
    {
        if (call.TracesLayout)
        {
            long bytes = call.Memory.TryGetHeapBlock(address, out UserRange block) ? (long)(block.End - address) : 0;
            UserApiEventSource.Log.ApplicationBuffer(call.RequestId, call.Library.Gate.ProcessId, call.Function, what, address, bytes);
        }
    }
}
