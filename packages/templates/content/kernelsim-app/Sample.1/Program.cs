using KernelSim.EbpfCore;
using KernelSim.Nt;
using KernelSim.UserMode;
using SampleNamespace;

using Machine machine = Machine.Boot(new MachineOptions { Processors = 4 });
machine.LoadDriver(new EbpfCoreDriver(), out _);
using BpfSession session = new(machine.Processes.Create().Gate);
using PacketCounts counts = new(session);

uint[] ports = [53, 443];
ulong[] packets = [1, 2, 3, 4, 10, 20, 30, 40]; // a count for each port and processor
counts.Store(ports, packets);
foreach ((uint port, ulong sum) in counts.Sums())
{
    Console.WriteLine($"port {port}: {sum} packets");
}

try
{
    counts.Store(ports, [10, 100]); // one count for each port: forgot the processors
}
catch (BpfException e)
{
    Console.WriteLine(e.Message);
}
