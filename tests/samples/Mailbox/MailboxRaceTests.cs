using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Samples.Mailbox.Driver;
using KernelSim.Samples.Mailbox.User;

namespace KernelSim.Samples.Tests.Mailbox;

/// <summary>Letters, cancellation, timers and dying processes at once: each request ends once, each letter arrives once or is given back.</summary>
public sealed class MailboxRaceTests : IDisposable
{
    private const int Rounds = 200;

    private readonly Machine _machine = Machine.Boot();
    private readonly DriverObject _driver;

    public MailboxRaceTests()
    {
        _machine.LoadDriver(new MailboxDriver(), out DriverObject? driver);
        _driver = driver!;
    }

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Every_letter_arrives_once_while_receivers_are_cancelled_and_run_out_of_time()
    {
        MailboxClient client = Open(_machine.Processes.Create());
        bool over = false;
        HostThread canceller = HostThread.Run(() => Until(() => client.Cancel(), ref over));
        HostThread clock = HostThread.Run(() => Until(() => _machine.Clock.Advance(TimeSpan.FromMilliseconds(1)), ref over));
        HostThread sender = HostThread.Run(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                LimitedWaits.Until(() => client.Post(BitConverter.GetBytes(i)) == NtStatus.Success, "room in the mailbox");
            }
        });
        List<int> arrived = [];
        while (arrived.Count < Rounds)
        {
            int milliseconds = arrived.Count % 3; // 0: no limit
            client.Receive(TimeSpan.FromMilliseconds(milliseconds), out LetterRequest? request);
            NtStatus ended = request!.Wait(LimitedWaits.Limit, out byte[] letter);
            request.Dispose();
            if (ended.IsSuccess)
            {
                arrived.Add(BitConverter.ToInt32(letter));
            }
            else
            {
                Assert.True(ended == NtStatus.Cancelled || (ended == NtStatus.IoTimeout && milliseconds > 0), $"{ended} after {milliseconds} ms");
            }
        }

        Volatile.Write(ref over, true);
        sender.Join();
        canceller.Join();
        clock.Join();
        Assert.Equal(Enumerable.Range(0, Rounds), arrived);
        Assert.Null(_machine.StopRecord);
        Assert.Equal(0, _driver.OutstandingRequests);
        Assert.Equal([], _machine.Shutdown().Leaks);
    }

    [Fact]
    public void Processes_die_while_letters_come_and_time_runs_out()
    {
        MailboxClient poster = Open(_machine.Processes.Create());
        bool over = false;
        HostThread sender = HostThread.Run(() => Until(() => poster.Post("x"u8), ref over));
        HostThread clock = HostThread.Run(() => Until(() => _machine.Clock.Advance(TimeSpan.FromMilliseconds(1)), ref over));
        for (int i = 0; i < Rounds; i++)
        {
            PsProcess process = _machine.Processes.Create();
            MailboxClient client = Open(process);
            client.Receive(TimeSpan.FromMilliseconds(1), out _);
            client.Receive(TimeSpan.Zero, out _);
            process.Terminate(NtStatus.Unsuccessful);
        }

        Volatile.Write(ref over, true);
        sender.Join();
        clock.Join();
        Assert.Null(_machine.StopRecord);
        Assert.Equal([], _machine.Shutdown().Leaks);
    }

    private static void Until(Action code, ref bool over)
    {
        while (!Volatile.Read(ref over))
        {
            code();
        }
    }

    private static MailboxClient Open(PsProcess process)
    {
        Assert.Equal(NtStatus.Success, MailboxClient.Open(process.Gate, out MailboxClient? client));
        return client!;
    }
}
