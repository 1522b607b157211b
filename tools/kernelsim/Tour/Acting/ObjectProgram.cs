using KernelSim.NetEbpfExt.Events;
using KernelSim.Nt.Ps;
using KernelSim.Protocol.Gate;
using KernelSim.Tool.Tour.Facts;
using KernelSim.UserMode;

namespace KernelSim.Tool.Tour.Acting;

/// <summary>
/// The program as an object file made of C: the application opens and loads it through its library, finds the map in it, and attaches it to an
/// interface, on which the packets then arrive.
/// </summary>
/// <param name="network">The machine's network.</param>
internal sealed class ObjectProgram(NetworkEventSource network) : IPacketProgram
{
    private const uint Interface = 1;
    private const string Site = "counters.exe";

    private readonly byte[] _packet = new byte[PacketBytes.Longest];

    /// <inheritdoc/>
    public int Install(PsProcess process, Libbpf libbpf)
    {
        byte[] file = CounterObject.Bytes;
        ulong buffer = process.Memory.Allocate((uint)file.Length);
        file.CopyTo(process.Memory.Access(buffer, (uint)file.Length, MemoryAccess.Write, Site));
        bpf_object counter = Stage.Expect(libbpf.bpf_object__open_mem(buffer, (ulong)file.Length, "counter.o"), libbpf);
        process.Memory.Free(buffer);
        Stage.Expect(libbpf.bpf_object__load(counter));
        bpf_program program = Stage.Expect(libbpf.bpf_object__next_program(counter, null), libbpf);
        Stage.Expect(libbpf.bpf_program__attach_xdp(program, (int)Interface), libbpf);
        return Stage.Expect(libbpf.bpf_object__find_map_fd_by_name(counter, TourMap.Name));
    }

    /// <inheritdoc/>
    public void Count(PacketCounter map, PacketSchedule schedule)
    {
        for (int cpu = 0; cpu < schedule.ByCpu.Count; cpu++)
        {
            foreach (Packet packet in schedule.ByCpu[cpu])
            {
                network.DeliverPacket(cpu, Interface, PacketBytes.Write(packet, _packet));
            }
        }
    }
}
