using System.Text;
using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Samples.Mailbox.Driver;
using KernelSim.Samples.Mailbox.User;

namespace KernelSim.Samples.Mailbox.Demo;

/// <summary>Two processes exchange letters; one waits in vain, and one dies while it waits.</summary>
public static class MailboxDemo
{
    /// <summary>Runs the demo on the console.</summary>
    public static void Main() => Run(Console.Out);

    /// <summary>Runs the demo.</summary>
    public static void Run(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using Machine machine = Machine.Boot();
        output.WriteLine($"load the driver             {machine.LoadDriver(new MailboxDriver(), out DriverObject? driver)}");
        PsProcess sender = machine.Processes.Create(), receiver = machine.Processes.Create();
        MailboxClient.Open(sender.Gate, out MailboxClient? outbox);
        MailboxClient.Open(receiver.Gate, out MailboxClient? inbox);

        output.WriteLine($"receive                     {inbox!.Receive(TimeSpan.Zero, out LetterRequest? request)}");
        output.WriteLine($"post 'hello'                {outbox!.Post("hello"u8)}");
        output.WriteLine($"  the receiver              {Outcome(request!)}");

        output.WriteLine($"receive, 20 ms at most      {inbox.Receive(TimeSpan.FromMilliseconds(20), out request)}");
        machine.Clock.Advance(TimeSpan.FromMilliseconds(20));
        output.WriteLine($"  20 ms later               {Outcome(request!)}");

        output.WriteLine($"receive                     {inbox.Receive(TimeSpan.Zero, out request)}: {driver!.OutstandingRequests} request pending");
        receiver.Terminate(NtStatus.Unsuccessful);
        output.WriteLine($"  its process is killed     {Outcome(request!)}: {driver.OutstandingRequests} requests pending");

        outbox.Dispose();
        output.WriteLine($"unload the driver           {machine.UnloadDriver(driver)}");
        output.WriteLine($"shut down                   {machine.Shutdown().Leaks.Count} leaks");
    }

    private static string Outcome(LetterRequest request)
    {
        NtStatus status = request.Wait(Timeout.InfiniteTimeSpan, out byte[] letter);
        return status.IsSuccess ? $"{status}: '{Encoding.UTF8.GetString(letter)}'" : status.ToString();
    }
}
