using KernelSim.Protocol;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Rings;

namespace KernelSim.UserMode;

/// <summary>Reads how many records a ring has lost.</summary>
internal struct LostRecordsCall(MappedRing ring) : ILibraryCall
{
    /// <inheritdoc/>
    public readonly int Descriptor => ring.Descriptor;

    /// <summary>Number of lost records since the map was created.</summary>
    public ulong Count { get; private set; }

    /// <inheritdoc/>
    public readonly long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        Count = ring.LostRecords(call.Memory);
        return EbpfResult.Success;
    }
}
