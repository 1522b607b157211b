using KernelSim.EbpfCore;
using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.UserMode;
using SampleNamespace;

using Machine machine = Machine.Boot();
machine.LoadDriver(new EbpfCoreDriver(), out _);
LoginExtDriver extension = new();
Console.WriteLine($"load the extension        {machine.LoadDriver(extension, out DriverObject? driver)}");
machine.Images.Install(LimitAttempts.Image);

using (BpfSession session = new(machine.Processes.Create().Gate))
using (BpfModule module = session.LoadModule(LimitAttempts.FileName))
{
    Console.WriteLine($"user 7, attempt 5         {Answer(7, 5)}: no program is attached");
    using BpfLink link = module.Program("limit").Attach();
    Console.WriteLine($"attach; user 7, attempt 1 {Answer(7, 1)}");
    Console.WriteLine($"user 7, attempt 5         {Answer(7, 5)}");
    Console.WriteLine($"user 0, attempt 5         {Answer(0, 5)}");
}

Console.WriteLine($"unload the extension      {machine.UnloadDriver(driver!)}");
Console.WriteLine($"shut down                 {machine.Shutdown().Leaks.Count} leaks");

string Answer(uint user, uint attempts) => extension.MayLogIn(processor: 1, user, attempts) ? "may log in" : "is refused";
