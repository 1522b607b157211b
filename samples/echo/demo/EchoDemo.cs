using KernelSim.Nt;
using KernelSim.Nt.Io;

namespace KernelSim.Samples.Echo.Demo;

/// <summary>Loads the echo driver and sends it requests that complete at once, later, and never.</summary>
public static class EchoDemo
{
    /// <summary>Runs the demo on the console.</summary>
    public static void Main() => Run(Console.Out);

    /// <summary>Runs the demo.</summary>
    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using Machine machine = Machine.Boot();
        EchoDriver echo = new();
        output.WriteLine($"load the driver      {machine.LoadDriver(echo, out DriverObject? driver)}");

        EchoClient client = new(machine.Processes.Create().Gate);
        output.WriteLine($"open {EchoDevice.Win32Name}        {client.Open()}");
        output.WriteLine($"echo 'hello'         {client.Echo("hello", out string reply)}: '{reply}'");
        output.WriteLine($"echo 'hi'            {client.Echo("hi", out _)}: a request has at least {EchoDevice.MinRequestBytes} bytes");

        output.WriteLine($"echo 'later'         {client.EchoLater("later", out EchoRequest later)}: {echo.WaitingRequests} request waits");
        output.WriteLine($"release              {client.Release()}");
        output.WriteLine($"  the request        {client.Result(later, out reply)}: '{reply}'");

        output.WriteLine($"echo 'never'         {client.EchoLater("never", out EchoRequest never)}");
        output.WriteLine($"cancel               {client.Cancel()}");
        output.WriteLine($"  the request        {client.Result(never, out _)}");

        output.WriteLine($"close the handle     {client.Close()}");
        output.WriteLine($"unload the driver    {machine.UnloadDriver(driver!)}");
        output.WriteLine($"shut down            {machine.Shutdown().Leaks.Count} leaks");
    }
}
