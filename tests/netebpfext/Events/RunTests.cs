using KernelSim.NetEbpfExt.Events;
using KernelSim.NetEbpfExt.Tests.Support;
using KernelSim.Nt;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.Tests.Events;

public class RunTests
{
    [Fact]
    public unsafe void All_processors_get_their_own_events_whatever_the_others_do()
    {
        long[] Counts()
        {
            using Network network = new(cpus: 4);
            long[] counts = new long[4];
            TestLink link = network.Attach(BpfAttachType.Xdp, (current, _) =>
            {
                counts[current.ProcessorNumber]++; // alone there
                return 1;
            });
            using NetworkEventRun run = NetworkEventRun.Start(network.Source, new NetworkTraffic(), seed: 5, eventsPerProcessor: 1000);
            NetworkEventReport report = run.Wait();
            Assert.Equal(4000, report.Total.Events);
            for (int cpu = 0; cpu < 4; cpu++)
            {
                Assert.Equal(1000, report.PerProcessor[cpu].Events);
                Assert.Equal(report.PerProcessor[cpu][NetworkEventKind.Packet], counts[cpu]);
                Assert.Equal(GeneratedPackets(cpu), counts[cpu]);
            }

            link.Detach();
            return counts;
        }

        static long GeneratedPackets(int cpu)
        {
            NetworkEvent[] events = new NetworkEvent[1000];
            new NetworkEventGenerator(new NetworkTraffic(), 5, cpu).Fill(events);
            return events.Count(e => e.Kind == NetworkEventKind.Packet);
        }

        Assert.Equal(Counts(), Counts());
    }

    [Fact]
    public void A_link_that_has_detached_is_not_run_any_more_however_many_events_are_on_their_way()
    {
        using Network network = new(cpus: 4);
        using NetworkEventRun run = NetworkEventRun.Start(network.Source, new NetworkTraffic(), seed: 1, long.MaxValue);
        List<TestLink> links = [];
        for (int i = 0; i < 200; i++)
        {
            TestLink link = network.Attach(BpfAttachType.Xdp, 1);
            links.Add(link);
            link.Detach();
        }

        run.Stop();
        NetworkEventReport report = run.Wait();
        Assert.All(links, l => Assert.False(l.RanDetached));
        Assert.Equal(report.Total[NetworkEventKind.Packet, NetworkAction.Permit], links.Sum(l => l.Runs));
    }

    [Fact]
    public void Unloading_the_driver_waits_for_the_events_inside_and_ends_the_run()
    {
        using Network network = new(cpus: 4);
        TestLink link = network.Attach(BpfAttachType.Xdp, 1);
        using NetworkEventRun run = NetworkEventRun.Start(network.Source, new NetworkTraffic(), seed: 1, long.MaxValue);
        Assert.Equal(NtStatus.Success, network.Machine.UnloadDriver(network.DriverObject));
        long runs = link.Runs;
        Assert.Throws<InvalidOperationException>(() => run.Wait());
        Assert.Equal(runs, link.Runs);
        link.Detach();
    }

    [Fact]
    public void A_program_that_breaks_a_rule_stops_the_machine_and_the_run_says_so()
    {
        Machine machine = Machine.Boot(new MachineOptions { Processors = 2 });
        NetEbpfExtDriver driver = new();
        machine.LoadDriver(driver, out _);
        NetworkEventSource source = new(driver);
        unsafe
        {
            TestLink link = new(machine, BpfAttachType.Xdp, (current, _) => current.Machine.Processors.Count == 2 ? Stop(current.Machine) : 1, []);
            using Nt.Ke.KernelScope kernel = machine.EnterKernel();
            link.Attach(kernel.Thread);
        }

        using NetworkEventRun run = NetworkEventRun.Start(source, new NetworkTraffic(), seed: 1, 1000);
        Assert.Throws<BugcheckException>(() => run.Wait());
        machine.Dispose();

        static uint Stop(Machine machine)
        {
            machine.BugCheck(BugcheckCode.KernelSecurityCheckFailure);
            return 0;
        }
    }

    [Fact]
    public void Time_moves_by_the_interval_of_each_event()
    {
        using Network network = new(cpus: 2);
        ulong before = network.Machine.Clock.InterruptTime;
        NetworkTraffic traffic = new() { Interval = TimeSpan.FromMicroseconds(10) };
        using NetworkEventRun run = NetworkEventRun.Start(network.Source, traffic, seed: 1, eventsPerProcessor: 640);
        run.Wait();
        Assert.Equal(TimeSpan.FromMicroseconds(6400), TimeSpan.FromTicks((long)(network.Machine.Clock.InterruptTime - before)));
    }
}
