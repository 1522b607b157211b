using KernelSim.EbpfCore;
using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Programs;
using KernelSim.NetEbpfExt;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.Programs;

/// <summary>The program that <c>docs/writing-a-program.md</c> walks to, and what runs it.</summary>
public static class WalkedProgram
{
    public static ulong[] Run()
    {
        using Machine machine = Machine.Boot();
        machine.LoadDriver(new EbpfCoreDriver(), out _);
        NetEbpfExtDriver extension = new();
        machine.LoadDriver(extension, out _);
        machine.Images.Install(NativeModuleImage.Compile(typeof(PacketCounter), "packetcounter.sys"));

        using BpfSession session = new(machine.Processes.Create(null).Gate);
        using BpfModule module = session.LoadModule("packetcounter.sys");
        using BpfLink link = module.Program("count_packets").Attach();
        using PerCpuArrayMap<ulong> packets = session.OpenPerCpuArrayMap<ulong>(module.MapId("packets"));

        NetworkEventSource network = new(extension);
        network.Deliver(1, new NetworkEvent(NetworkEventKind.Packet));
        network.Deliver(3, new NetworkEvent(NetworkEventKind.Packet));
        network.Deliver(3, new NetworkEvent(NetworkEventKind.Packet));
        ulong[] counts = new ulong[session.CpuCount];
        packets.TryGet(0, counts);
        return counts;
    }
}

public static class PacketCounter
{
    public enum Maps
    {
        [EbpfMap(BpfMapType.PercpuArray, Name = "packets", KeySize = 4, ValueSize = 8, MaxEntries = 1)]
        Packets,
    }

    [EbpfProgram("xdp/count", Name = "count_packets")]
    public static unsafe uint Count(EbpfProgramContext context)
    {
        uint key = 0;
        ulong* count = (ulong*)context.MapLookupElem(context.Map(Maps.Packets), (byte*)&key);
        if (count != null)
        {
            (*count)++;
        }

        return (uint)XdpAction.Pass;
    }
}
