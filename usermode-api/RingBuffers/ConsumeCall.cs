using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode.RingBuffers;

/// <summary>Hands over the records of a manager's rings. The callbacks run within the call, so what they look at stays mapped.</summary>
/// <param name="rings">The rings.</param>
/// <param name="first">The first of them.</param>
/// <param name="count">How many.</param>
/// <param name="reset">An event to make not signalled first; invalid for none.</param>
internal readonly struct ConsumeCall(List<MappedRing> rings, int first, int count, NtHandle reset) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => rings[first].Descriptor;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        // First the event, then the rings: what is written in between sets it again.
        if (reset != NtHandle.Invalid)
        {
            call.Library.Gate.NtClearEvent(call.RequestId, reset);
        }

        int total = 0;

        // A callback may free the manager: then there are no rings any more.
        for (int i = first; i < Math.Min(first + count, rings.Count); i++)
        {
            int records = rings[i].Consume(call.Memory);
            if (records < 0)
            {
                call.Value = records;
                return EbpfResult.Success;
            }

            total += records;
        }

        call.Value = total;
        call.Done = total;
        return EbpfResult.Success;
    }
}
