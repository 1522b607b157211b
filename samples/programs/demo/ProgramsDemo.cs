using System.Buffers.Binary;
using KernelSim.EbpfCore;
using KernelSim.NetEbpfExt;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Nt;
using KernelSim.UserMode;

namespace KernelSim.Samples.Programs.Demo;

/// <summary>Two of the programs, attached to the simulated network, and what they count on each processor.</summary>
public static class ProgramsDemo
{
    /// <summary>Runs the demo on the console.</summary>
    public static void Main() => Run(Console.Out);

    /// <summary>Runs the demo.</summary>
    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using Machine machine = Machine.Boot(new MachineOptions { Processors = 4 });
        machine.LoadDriver(new EbpfCoreDriver(), out _);
        NetEbpfExtDriver extension = new();
        machine.LoadDriver(extension, out _);
        SampleModules.Install(machine.Images);
        NetworkEventSource network = new(extension);
        using (BpfSession session = new(machine.Processes.Create().Gate))
        {
            DropPackets(session, network, output);
            CountConnections(session, network, output);
        }

        output.WriteLine($"shut down: {machine.Shutdown().Leaks.Count} leaks");
    }

    private static void DropPackets(BpfSession session, NetworkEventSource network, TextWriter output)
    {
        using BpfModule module = session.LoadModule("droppacket.sys");
        using BpfLink link = module.Program("DropPacket").Attach();
        using PerCpuArrayMap<ulong> dropped = session.OpenPerCpuArrayMap<ulong>(module.MapId("dropped_packet_map"));

        output.WriteLine("droppacket.sys drops UDP packets without a payload");
        NetworkEvent packet = new(NetworkEventKind.Packet) { Protocol = NetworkEvent.Udp };
        output.WriteLine($"  processor 2, no payload    {network.Deliver(2, packet).Action}");
        output.WriteLine($"  processor 2, no payload    {network.Deliver(2, packet).Action}");
        output.WriteLine($"  processor 1, 10 bytes      {network.Deliver(1, packet with { PayloadLength = 10 }).Action}");
        ulong[] counts = new ulong[session.CpuCount];
        dropped.TryGet(0, counts);
        output.WriteLine($"  dropped by processor       {string.Join(' ', counts)}");
    }

    private static void CountConnections(BpfSession session, NetworkEventSource network, TextWriter output)
    {
        using BpfModule module = session.LoadModule("cgroup_count_connect4.sys");
        using BpfLink link = module.Program("count_connect4").Attach();
        using PerCpuHashMap<ushort, ulong> counts = session.OpenPerCpuHashMap<ushort, ulong>(module.MapId("connect_count_map"));

        output.WriteLine("cgroup_count_connect4.sys counts connections by port, on each processor");
        foreach ((int processor, ushort port) in ((int, ushort)[])[(0, 443), (3, 443), (3, 443), (1, 53)])
        {
            network.Deliver(processor, new NetworkEvent(NetworkEventKind.Connect) { RemotePort = port });
        }

        foreach (PerCpuEntry<ushort, ulong> entry in counts)
        {
            // The key has the bytes of the packet: network byte order.
            int port = BinaryPrimitives.ReverseEndianness(entry.Key);
            output.WriteLine($"  port {port,-5} by processor    {string.Join(' ', entry.Values.ToArray())}, sum {entry.Sum()}");
        }
    }
}
