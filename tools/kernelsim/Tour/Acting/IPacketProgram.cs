using KernelSim.Nt.Ps;
using KernelSim.UserMode;

namespace KernelSim.Tool.Tour.Acting;

/// <summary>The program that counts packets: how an application gets it and its map, and how packets reach it.</summary>
internal interface IPacketProgram
{
    /// <summary>Gives an application its map, and the program if it is the application that brings it.</summary>
    /// <returns>Descriptor of the map, which ends with the application.</returns>
    int Install(PsProcess process, Libbpf libbpf);

    /// <summary>Lets the packets of all CPUs reach the program of the application that was installed last.</summary>
    void Count(PacketCounter map, PacketSchedule schedule);
}
