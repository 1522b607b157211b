using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode.Rings;

/// <summary>
/// Automatic callbacks, deprecated upstream: <c>ebpf_map_subscribe</c>. Each ring has a query pending with the driver, and a thread that
/// waits for it, passes the records to the callback, and sends the next.
/// </summary>
/// <remarks>
/// The threads sleep in the kernel while there are no records. A callback must not free its own manager: that waits for the callback.
/// </remarks>
internal sealed class RingSubscription
{
    private readonly List<RingPump> _pumps = [];

    private RingSubscription()
    {
    }

    /// <summary>Starts one thread for each ring.</summary>
    public static EbpfResult Start(
        DeviceChannel channel, RingTable rings, NtHandle map, int count, RingReceiver receiver, out RingSubscription? subscription)
    {
        subscription = null;
        RingSubscription made = new();
        EbpfResult result = EbpfResult.Success;
        for (int index = 0; index < count && result == EbpfResult.Success; index++)
        {
            result = RingPump.Start(channel, rings, map, index, receiver, out RingPump? pump);
            if (pump is not null)
            {
                made._pumps.Add(pump);
            }
        }

        if (result == EbpfResult.Success)
        {
            subscription = made;
            return result;
        }

        made._pumps.ForEach(p => p.Stop());
        return result;
    }

    /// <summary>Cancels the queries and waits until no callback runs any more: <c>ebpf_map_unsubscribe</c>. Not within a call.</summary>
    public void Stop() => _pumps.ForEach(p => p.Stop());
}
