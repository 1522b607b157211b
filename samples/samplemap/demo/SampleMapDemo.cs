using KernelSim.EbpfCore;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.UserMode;

namespace KernelSim.Samples.SampleMap.Demo;

/// <summary>A map of the extension's type, used by a .NET program, and the objects that the extension keeps for it.</summary>
public static class SampleMapDemo
{
    /// <summary>Runs the demo on the console.</summary>
    public static void Main() => Run(Console.Out);

    /// <summary>Runs the demo.</summary>
    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using Machine machine = Machine.Boot();
        SampleMapDriver extension = new();
        machine.LoadDriver(extension, out _);
        machine.LoadDriver(new EbpfCoreDriver(), out _);

        using (BpfSession session = new(machine.Processes.Create().Gate))
        using (CustomMap<uint, uint> map = session.CreateCustomMap<uint, uint>(BpfMapType.SampleHashMap, "numbers", maxEntries: 2))
        {
            output.WriteLine($"create 'numbers'    {extension.ObjectCount} objects in the extension");
            map[1] = 100;
            map[2] = 200;
            output.WriteLine($"store 1 and 2       {extension.ObjectCount} objects; key 1 reads {map[1]}, key 2 reads {map[2]}");
            map[1] = 111;
            output.WriteLine($"replace 1           {extension.ObjectCount} objects; key 1 reads {map[1]}");
            output.WriteLine($"store 3             {Refusal(() => map[3] = 300)}; {extension.ObjectCount} objects");
            map.Delete(2);
            output.WriteLine($"delete 2            {extension.ObjectCount} object");
        }

        int leaks = machine.Shutdown().Leaks.Count;
        output.WriteLine($"shut down           {extension.ObjectCount} objects, {leaks} leaks");
    }

    private static string Refusal(Action store)
    {
        try
        {
            store();
            return "stored";
        }
        catch (BpfException e) when (e.IsFull)
        {
            return e.Message;
        }
    }
}
