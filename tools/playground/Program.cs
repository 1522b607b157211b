using System.Runtime.InteropServices.JavaScript;
using KernelSim.EbpfCore;
using KernelSim.NetEbpfExt;
using KernelSim.Nt;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.UserMode;
System.Console.WriteLine("ready");
internal static partial class Exports
{
    [JSExport]
    public static string Hello(string name)
    {
        using Machine m = Machine.Boot(new MachineOptions { Processors = 4 });
        var s = m.LoadDriver(new EbpfCoreDriver(), out _);
        return "hello " + name + s;
    }
}
