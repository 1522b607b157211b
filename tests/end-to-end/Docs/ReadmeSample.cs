using KernelSim.EbpfCore;
using KernelSim.Nt;
using KernelSim.UserMode;

namespace KernelSim.EndToEnd.Tests.Docs;

/// <summary>The README's C# example: its usings and what stands between the markers are on that page, which writes
/// to the console.</summary>
internal static class ReadmeSample
{
    public static void Run(TextWriter output)
    {
        // <sample>
        using Machine machine = Machine.Boot(new MachineOptions { Processors = 4 });
        machine.LoadDriver(new EbpfCoreDriver(), out _);
        using var session = new BpfSession(machine.Processes.Create().Gate);
        using var stats = session.CreatePerCpuHashMap<uint, ulong>("stats", maxEntries: 1024);

        uint[] ports = [53, 443];
        ulong[] packets = [1, 2, 3, 4, 10, 20, 30, 40]; // one value per port and CPU
        stats.UpdateBatch(ports, packets);

        foreach (PerCpuEntry<uint, ulong> entry in stats)
        {
            output.WriteLine($"port {entry.Key}: {entry.Sum()} packets");
        }

        try
        {
            stats.UpdateBatch(ports, packets.AsSpan(0, 2)); // forgot the CPUs
        }
        catch (BpfException e)
        {
            output.WriteLine(e.Message);
        }
        // </sample>
    }
}
