using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Programs;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.Protocol;

namespace KernelSim.Samples.Programs;

/// <summary><c>connect_events.sys</c>: writes a record about each IPv4 connection into a ring buffer.</summary>
public static class ConnectEvents
{
    /// <summary>The module's maps.</summary>
    public enum Maps
    {
        /// <summary>Records: see <see cref="Record"/>.</summary>
        [EbpfMap(BpfMapType.Ringbuf, Name = "connect_events_map", MaxEntries = 64 * 1024)]
        Events,
    }

    /// <summary>Runs for each outgoing connection.</summary>
    [EbpfProgram("cgroup/connect4", Name = "connect_events")]
    public static uint Run(EbpfProgramContext context)
    {
        BpfSockAddr address = context.ContextAs<BpfSockAddr>();
        Record record = new(context.KtimeGetBootNs, address.UserIp4, address.UserPort, (ushort)context.Processor);

        // If nobody reads, the ring fills up and the record is lost; the connection is permitted all the same.
        context.RingbufOutput(context.Map(Maps.Events), MemoryMarshal.AsBytes(new ReadOnlySpan<Record>(in record)));
        return (uint)SockAddrVerdict.ProceedSoft;
    }

    /// <summary>A connection: 16 bytes.</summary>
    /// <param name="Time">Time of the connection, in nanoseconds since boot.</param>
    /// <param name="Address">Destination address, in network byte order.</param>
    /// <param name="Port">Destination port, in network byte order.</param>
    /// <param name="Processor">Number of the processor.</param>
    public readonly record struct Record(ulong Time, uint Address, ushort Port, ushort Processor);
}
