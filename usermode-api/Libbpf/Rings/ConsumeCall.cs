using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Rings;

namespace KernelSim.UserMode;

/// <summary>Passes the records of a manager's rings to the callbacks. They run within the call, so the records stay mapped.</summary>
/// <param name="rings">The manager's rings.</param>
/// <param name="first">Index of the first one to read.</param>
/// <param name="count">Number of rings to read.</param>
/// <param name="reset">An event to clear first; invalid for none.</param>
internal readonly struct ConsumeCall(List<MappedRing> rings, int first, int count, NtHandle reset) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => rings[first].Descriptor;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        // First the event, then the rings: a record written in between sets it again.
        if (reset != NtHandle.Invalid)
        {
            call.Library.Gate.NtClearEvent(call.RequestId, reset);
        }

        int total = 0;

        // A callback may free the manager, which removes its rings.
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
