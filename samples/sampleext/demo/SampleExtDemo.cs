using System.Text;
using KernelSim.EbpfCore;
using KernelSim.EbpfCore.Native;
using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Protocol;
using KernelSim.UserMode;

namespace KernelSim.Samples.SampleExt.Demo;

/// <summary>A program of the extension's type is loaded, test-run, attached to the extension's hook, and run by its events.</summary>
public static class SampleExtDemo
{
    /// <summary>Runs the demo on the console.</summary>
    public static void Main() => Run(Console.Out);

    /// <summary>Runs the demo.</summary>
    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using Machine machine = Machine.Boot();
        machine.LoadDriver(new EbpfCoreDriver(), out _);
        SampleExtDriver extension = new();
        output.WriteLine($"load the extension         {machine.LoadDriver(extension, out DriverObject? driver)}");
        machine.Images.Install(NativeModuleImage.Compile(typeof(FindProgram), "find.sys"));

        using (BpfSession session = new(machine.Processes.Create().Gate))
        using (BpfModule module = session.LoadModule("find.sys"))
        {
            BpfProgram program = module.Program("find");
            output.WriteLine($"load find.sys              program '{program.Name}'");
            output.WriteLine($"event, nothing attached    {Trigger(extension, "rainy days")}");
            using BpfLink link = program.Attach();
            output.WriteLine($"attach; 'rainy days'       {Trigger(extension, "rainy days")}");
            output.WriteLine($"  'sunny days'             {Trigger(extension, "sunny days")}");
            link.Detach();
            output.WriteLine($"detach; 'rainy days'       {Trigger(extension, "rainy days")}");
        }

        output.WriteLine($"unload the extension       {machine.UnloadDriver(driver!)}");
        output.WriteLine($"shut down                  {machine.Shutdown().Leaks.Count} leaks");
    }

    /// <summary>An event of the extension on processor 1, with a text and room for a search word as its data.</summary>
    private static string Trigger(SampleExtDriver extension, string text)
    {
        SampleProgramContext context = new() { Uint32Data = (uint)text.Length };
        byte[] data = Encoding.ASCII.GetBytes(text + FindProgram.Word);
        EbpfResult answer = extension.Invoke(processor: 1, ref context, data, out uint result);
        return answer == EbpfResult.Success
            ? $"the program returns {(int)result} and ran on processor {context.HelperData1}"
            : $"no program runs: {ResultConversions.NameOf(answer)}";
    }
}
