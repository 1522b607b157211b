using KernelSim.Nt;
using KernelSim.Nt.Io;
using SampleNamespace;

using Machine machine = Machine.Boot();
Console.WriteLine($"load the driver      {machine.LoadDriver(new TotalDriver(), out DriverObject? driver)}");
Console.WriteLine($"open {TotalDevice.Win32Name}       {TotalClient.Open(machine.Processes.Create().Gate, out TotalClient? client)}");
Console.WriteLine($"add 40               {client!.Add(40, out ulong total)}: {total}");

Console.WriteLine($"wait for a change    {client.WaitForChange(out TotalRequest change)}");
Console.WriteLine($"add 2                {client.Add(2, out total)}: {total}");
Console.WriteLine($"  the waiting one    {change.Wait(out total)}: {total}");
change.Dispose();

Console.WriteLine($"wait for a change    {client.WaitForChange(out TotalRequest never)}");
Console.WriteLine($"cancel               {client.Cancel()}");
Console.WriteLine($"  the waiting one    {never.Wait(out _)}");
never.Dispose();

client.Dispose();
Console.WriteLine($"unload the driver    {machine.UnloadDriver(driver!)}");
Console.WriteLine($"shut down            {machine.Shutdown().Leaks.Count} leaks");
