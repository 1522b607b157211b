using KernelSim.Protocol;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Rings;

namespace KernelSim.UserMode;

/// <summary>Reads one record from the first ring that has one.</summary>
internal struct ReadRecordCall(List<MappedRing> rings) : ILibraryCall
{
    /// <inheritdoc/>
    public readonly int Descriptor => rings[0].Descriptor;

    /// <summary>The ring that it was in; null if none had one.</summary>
    public MappedRing? Ring { get; private set; }

    /// <summary>Its payload.</summary>
    public byte[] Record { get; private set; } = [];

    /// <inheritdoc/>
    public readonly long RequestedElements(ApiCall call) => 1;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        foreach (MappedRing ring in rings)
        {
            if (ring.TryRead(call.Memory, out byte[] record))
            {
                (Ring, Record) = (ring, record);
                call.Done = 1;
                break;
            }
        }

        return EbpfResult.Success;
    }
}
