using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Samples.Mailbox.Driver;
using KernelSim.Samples.Mailbox.User;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Recording;

namespace KernelSim.Samples.Tests.Walk;

/// <summary>What the page on writing a driver shows, done: each run writes what a person who does it sees.</summary>
internal static class WalkRuns
{
    private const ulong TraceBase = 0xD21E_0000_0000_0000;

    private static readonly string[] s_traceFields = ["objectType", "stage", "operation", "tag", "routine", "status"];

    private static readonly Dictionary<string, Action<TextWriter>> s_runs = new()
    {
        ["empty"] = Empty,
        ["device left behind"] = output => Report(new BrokenDriver(Mistakes.CompletesNothing) { DeletesDevice = false }, send: false, output),
        ["letter"] = Letter,
        ["pending"] = Pending,
        ["cancel"] = Cancel,
        ["death"] = Death,
        ["timeout"] = Timeout,
        ["work item"] = WorkItem,
        ["trace"] = Trace,
        [nameof(Mistakes.CompletesNothing)] = Stop(Mistakes.CompletesNothing),
        [nameof(Mistakes.CompletesTwice)] = Stop(Mistakes.CompletesTwice),
        [nameof(Mistakes.RepliesMoreThanThereIsRoomFor)] = Stop(Mistakes.RepliesMoreThanThereIsRoomFor),
        [nameof(Mistakes.DoesNotMarkPending)] = Stop(Mistakes.DoesNotMarkPending),
        [nameof(Mistakes.MarksPendingAndReturnsSuccess)] = Stop(Mistakes.MarksPendingAndReturnsSuccess),
        [nameof(Mistakes.LeavesItsCancelRoutineSet)] = Stop(Mistakes.LeavesItsCancelRoutineSet),
        [nameof(Mistakes.CannotBeCancelled)] = output => Report(new BrokenDriver(Mistakes.CannotBeCancelled), send: true, output),
        [nameof(Mistakes.TakesItsLockTwice)] = Stop(Mistakes.TakesItsLockTwice),
        [nameof(Mistakes.WaitsInADpc)] = Stop(Mistakes.WaitsInADpc),
        [nameof(Mistakes.KeepsALetter)] = output => Report(new BrokenDriver(Mistakes.KeepsALetter), send: true, output),
    };

    /// <summary>Every run, by the name that the page gives it.</summary>
    public static IReadOnlyDictionary<string, Action<TextWriter>> All => s_runs;

    private static void Empty(TextWriter output)
    {
        using Machine machine = Machine.Boot(new MachineOptions { Processors = 1 });
        output.WriteLine($"load:   {machine.LoadDriver(new EmptyDriver(), out DriverObject? driver)}");
        output.WriteLine($"open:   {MailboxClient.Open(machine.Processes.Create().Gate, out _)}");
        output.WriteLine($"unload: {machine.UnloadDriver(driver!)}");
    }

    private static void Letter(TextWriter output)
    {
        using Machine machine = Machine.Boot(new MachineOptions { Processors = 1 });
        machine.LoadDriver(new MailboxDriver(), out _);
        MailboxClient.Open(machine.Processes.Create().Gate, out MailboxClient? client);
        output.WriteLine($"post:    {client!.Post("hello"u8)}");
        output.WriteLine($"nothing: {client.Post([])}");
    }

    private static void Pending(TextWriter output)
    {
        using Machine machine = Machine.Boot(new MachineOptions { Processors = 1 });
        machine.LoadDriver(new MailboxDriver(), out _);
        MailboxClient.Open(machine.Processes.Create().Gate, out MailboxClient? client);
        output.WriteLine($"receive: {client!.Receive(TimeSpan.Zero, out LetterRequest? request)}");
        output.WriteLine($"look:    {request!.Wait(TimeSpan.Zero, out _)}");
        output.WriteLine($"post:    {client.Post("hello"u8)}");
        output.WriteLine($"wait:    {request.Wait(System.Threading.Timeout.InfiniteTimeSpan, out byte[] letter)}, {letter.Length} bytes");
    }

    private static void Cancel(TextWriter output)
    {
        using Machine machine = Machine.Boot(new MachineOptions { Processors = 1 });
        machine.LoadDriver(new MailboxDriver(), out _);
        MailboxClient.Open(machine.Processes.Create().Gate, out MailboxClient? client);
        output.WriteLine($"receive: {client!.Receive(TimeSpan.Zero, out LetterRequest? request)}");
        output.WriteLine($"cancel:  {client.Cancel()}");
        output.WriteLine($"wait:    {request!.Wait(System.Threading.Timeout.InfiniteTimeSpan, out _)}");
    }

    private static void Death(TextWriter output)
    {
        using Machine machine = Machine.Boot(new MachineOptions { Processors = 1 });
        machine.LoadDriver(new MailboxDriver(), out DriverObject? driver);
        PsProcess process = machine.Processes.Create();
        MailboxClient.Open(process.Gate, out MailboxClient? client);
        output.WriteLine($"receive: {client!.Receive(TimeSpan.Zero, out LetterRequest? request)}");
        process.Terminate(NtStatus.Unsuccessful);
        output.WriteLine($"wait:    {request!.Wait(System.Threading.Timeout.InfiniteTimeSpan, out _)}");
        output.WriteLine($"left:    {driver!.OutstandingRequests} requests, {driver.OpenFiles} files");
        output.WriteLine($"report:  {machine.Shutdown().Leaks.Count} lines");
    }

    private static void Timeout(TextWriter output)
    {
        using Machine machine = Machine.Boot(new MachineOptions { Processors = 1 });
        machine.LoadDriver(new MailboxDriver(), out _);
        MailboxClient.Open(machine.Processes.Create().Gate, out MailboxClient? client);
        output.WriteLine($"receive: {client!.Receive(TimeSpan.FromMilliseconds(20), out LetterRequest? request)}");
        machine.Clock.Advance(TimeSpan.FromMilliseconds(20));
        output.WriteLine($"wait:    {request!.Wait(System.Threading.Timeout.InfiniteTimeSpan, out _)}");
    }

    private static void WorkItem(TextWriter output)
    {
        using Machine machine = Machine.Boot(new MachineOptions { Processors = 1 });
        machine.LoadDriver(new BrokenDriver(LateWork.CompletesFromAWorkItem), out _);
        MailboxClient.Open(machine.Processes.Create().Gate, out MailboxClient? client);
        output.WriteLine($"receive: {client!.Receive(TimeSpan.Zero, out LetterRequest? request)}");
        output.WriteLine($"wait:    {request!.Wait(System.Threading.Timeout.InfiniteTimeSpan, out _)}");
    }

    private static void Trace(TextWriter output)
    {
        using TraceRecorder recorder = TraceRecorder.StartInMemory();
        using (Machine machine = Machine.Boot(new MachineOptions { Processors = 1, RequestIdBase = TraceBase }))
        {
            machine.LoadDriver(new MailboxDriver(), out _);
            MailboxClient.Open(machine.Processes.Create().Gate, out MailboxClient? client);
            client!.Receive(TimeSpan.Zero, out _);
            client.Post("hello"u8);
            client.Receive(TimeSpan.Zero, out _);
            client.Cancel();
            client.Receive(TimeSpan.FromMilliseconds(20), out _);
            machine.Clock.Advance(TimeSpan.FromMilliseconds(20));
        }

        TraceLog trace = recorder.Stop();
        foreach (TracedEvent e in trace.Events.Where(e => e.RequestId > TraceBase && e.Header.Name is not ("SizeCheck" or "HandleClose")))
        {
            EventPayload fields = e.Header.Payload;
            string[] what = [.. s_traceFields.Select(fields.Text).Where(text => text.Length > 0)];
            output.WriteLine($"{e.RequestId - TraceBase}  {e.Header.Name,-13} {string.Join(' ', what)}".TrimEnd());
        }
    }

    private static Action<TextWriter> Stop(DriverDispatch mistake) => output =>
    {
        using Machine machine = Machine.Boot(new MachineOptions { Processors = 1 });
        machine.LoadDriver(new BrokenDriver(mistake), out _);
        MailboxClient.Open(machine.Processes.Create().Gate, out MailboxClient? client);
        BugcheckException stop = Assert.Throws<BugcheckException>(() => client!.Receive(TimeSpan.Zero, out _));
        output.WriteLine(stop.Message);
        output.WriteLine(stop.Record.Processors[0]);
    };

    private static void Report(BrokenDriver driver, bool send, TextWriter output)
    {
        using Machine machine = Machine.Boot(new MachineOptions { Processors = 1 });
        machine.LoadDriver(driver, out _);
        MailboxClient.Open(machine.Processes.Create().Gate, out MailboxClient? client);
        if (send)
        {
            client!.Receive(TimeSpan.Zero, out _);
        }

        foreach (string line in machine.Shutdown().Leaks)
        {
            output.WriteLine(line);
        }
    }
}
