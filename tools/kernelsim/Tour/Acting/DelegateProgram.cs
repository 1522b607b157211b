using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Tool.Tour.Facts;
using KernelSim.UserMode;

namespace KernelSim.Tool.Tour.Acting;

/// <summary>The program as a C# delegate: the application creates the map, and the driver runs the delegate on each processor.</summary>
internal sealed class DelegateProgram : IPacketProgram
{
    /// <inheritdoc/>
    public int Install(PsProcess process, Libbpf libbpf) =>
        Stage.Expect(libbpf.bpf_map_create(BpfMapType.PercpuHash, TourMap.Name, sizeof(uint), Counters.Size, TourMap.MaxEntries));

    /// <inheritdoc/>
    public void Count(PacketCounter map, PacketSchedule schedule) => map.Count(schedule);
}
