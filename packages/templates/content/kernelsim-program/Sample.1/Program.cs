using KernelSim.EbpfCore;
using KernelSim.NetEbpfExt;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Nt;
using KernelSim.UserMode;
using SampleNamespace;

using Machine machine = Machine.Boot(new MachineOptions { Processors = 4 });
machine.LoadDriver(new EbpfCoreDriver(), out _);
NetEbpfExtDriver extension = new();
machine.LoadDriver(extension, out _);
machine.Images.Install(PacketCounter.Image);

using BpfSession session = new(machine.Processes.Create().Gate);
using BpfModule module = session.LoadModule(PacketCounter.FileName);
using BpfLink link = module.Program("count_packets").Attach();
using PerCpuArrayMap<ulong> packets = session.OpenPerCpuArrayMap<ulong>(module.MapId("packets"));

NetworkEventSource network = new(extension);
NetworkEvent packet = new(NetworkEventKind.Packet) { Protocol = NetworkEvent.Udp };
network.Deliver(1, packet);
network.Deliver(3, packet);
network.Deliver(3, packet);

ulong[] counts = new ulong[session.CpuCount];
packets.TryGet(NetworkEvent.Udp, counts);
Console.WriteLine($"UDP packets by processor: {string.Join(' ', counts)}");
