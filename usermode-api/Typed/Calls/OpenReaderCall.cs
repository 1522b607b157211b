using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Rings;

namespace KernelSim.UserMode;

/// <summary>Opens a reader of the typed API: an event, and every ring of the map.</summary>
internal struct OpenReaderCall(int fd, int count) : ILibraryCall
{
    // No callbacks: a reader reads the records itself.
    private static readonly RingReceiver s_nobody = new(null, null);

    /// <inheritdoc/>
    public readonly int Descriptor => fd;

    /// <summary>The mapped rings, on success.</summary>
    public List<MappedRing> Rings { get; } = [];

    /// <summary>Handle of the event, on success.</summary>
    public NtHandle WaitHandle { get; private set; }

    /// <inheritdoc/>
    public readonly long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        EbpfResult result = call.Library.Rings.CreateEvent(call.Channel, out NtHandle handle);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        WaitHandle = handle;
        result = OpenRings.Add(call, fd, count, handle, s_nobody, Rings);
        if (result != EbpfResult.Success)
        {
            call.Library.Rings.CloseEvent(call.Library.Gate, call.RequestId, handle);
        }

        return result;
    }
}
