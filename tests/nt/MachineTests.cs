using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Samples.Echo;

namespace KernelSim.Nt.Tests;

public sealed class MachineTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(1024)]
    public void A_machine_has_as_many_processors_as_it_was_booted_with(int processors)
    {
        using Machine machine = Machine.Boot(new MachineOptions { Processors = processors });
        Assert.Equal(processors, machine.Processors.Count);
        List<int> ran = [];
        for (int cpu = 0; cpu < processors; cpu++)
        {
            Assert.Equal(cpu, machine.Processors[cpu].Number);
            machine.RunOnProcessor(cpu, Irql.Dispatch, t => ran.Add(t.ProcessorNumber));
        }

        Assert.Equal(Enumerable.Range(0, processors), ran);
        Assert.Equal(processors, machine.Processes.Create().Gate.MaximumProcessorCount);
        Assert.Equal([], machine.Shutdown().Leaks);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1025)]
    public void An_impossible_number_of_processors_is_refused_naming_given_and_expected(int processors)
    {
        ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>(
            () => Machine.Boot(new MachineOptions { Processors = processors }));
        Assert.Contains($"{processors} processors were given; a machine has 1 to 1024", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_negative_pool_limit_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Machine.Boot(new MachineOptions { PoolLimit = -1 }));

    [Fact]
    public void The_same_seed_gives_the_same_random_numbers()
    {
        using Machine one = Machine.Boot(new MachineOptions { Seed = 7 });
        using Machine two = Machine.Boot(new MachineOptions { Seed = 7 });
        using Machine other = Machine.Boot(new MachineOptions { Seed = 8 });
        List<ulong> numbers = [one.Random.NextUInt64(), one.Random.NextUInt32(), one.Random.NextUInt64()];
        Assert.Equal(numbers, [two.Random.NextUInt64(), two.Random.NextUInt32(), two.Random.NextUInt64()]);
        Assert.NotEqual(numbers, [other.Random.NextUInt64(), other.Random.NextUInt32(), other.Random.NextUInt64()]);
        Assert.Equal(3, numbers.Distinct().Count());
    }

    [Fact]
    public void Shutting_down_twice_gives_the_same_report()
    {
        Machine machine = Machine.Boot();
        ShutdownReport report = machine.Shutdown();
        Assert.Same(report, machine.Shutdown());
        machine.Dispose();
        machine.Dispose();
        Assert.Same(report, machine.Shutdown());
    }

    [Fact]
    public void Shutting_down_ends_processes_and_unloads_drivers()
    {
        using Machine machine = Machine.Boot();
        TestDriver driver = new();
        machine.LoadDriver(driver, out _);
        PsProcess process = machine.Processes.Create();
        EchoUser user = new(process);
        Assert.Equal(NtStatus.Success, user.Open(out _, name: TestDriver.DeviceName));
        Assert.Equal([], machine.Shutdown().Leaks);
        Assert.True(process.HasExited);
        Assert.Equal(1, driver.Unloads);
    }

    [Fact]
    public void Two_machines_share_nothing()
    {
        using Machine one = Machine.Boot(new MachineOptions { Processors = 2 });
        using Machine two = Machine.Boot(new MachineOptions { Processors = 3 });
        one.LoadDriver(new EchoDriver(), out _);
        Assert.Equal(NtStatus.ObjectNameNotFound, new EchoUser(two.Processes.Create()).Open(out _));

        EchoUser user = new(one.Processes.Create());
        Assert.Equal(NtStatus.Success, user.Open(out NtHandle file));
        using (KernelScope inTwo = two.EnterKernel(processor: 2))
        {
            // Inside the kernel of one, a system call of the other.
            Assert.Equal(NtStatus.Success, user.Send(file, EchoDevice.Echo, "ping"u8, 4).Status);
            Assert.Same(inTwo.Thread, KeThread.Current);
            Assert.Equal(2, KeThread.Current.ProcessorNumber);
        }

        Stop.By(two, () => two.BugCheck(BugcheckCode.BadPoolCaller));
        Assert.Equal(NtStatus.Success, user.Send(file, EchoDevice.Echo, "ping"u8, 4).Status);
        Assert.Equal([], one.Shutdown().Leaks);
    }

    [Fact]
    public void The_same_seed_gives_the_same_trace_addresses_included()
    {
        List<IReadOnlyList<string>> traces = [];
        for (int run = 0; run < 2; run++)
        {
            using MachineEvents events = new(besideOthers: true);
            using Machine machine = Machine.Boot(new MachineOptions { Processors = 3, Seed = 5, RequestIdBase = events.RequestIdBase });
            machine.LoadDriver(new EchoDriver(), out _);
            PsProcess process = machine.Processes.Create(new ProcessOptions { Heap = HeapMode.Packed });
            EchoUser user = new(process);
            user.Open(out NtHandle file);
            user.Open(out NtHandle overlapped, CreateFileOptions.None);
            user.Send(file, EchoDevice.Echo, new byte[100], 100);
            user.Send(overlapped, EchoDevice.EchoLater, new byte[5000], 5000);
            user.Send(file, EchoDevice.Echo, new byte[3], 3);
            user.Send(file, EchoDevice.Release, [], 0);
            process.Terminate(NtStatus.Success);
            Assert.Equal([], machine.Shutdown().Leaks);
            traces.Add(events.Texts);
        }

        Assert.True(traces[0].Count > 30, $"{traces[0].Count} events are too few to prove much");
        Assert.Contains(traces[0], e => e.StartsWith("PoolAllocate", StringComparison.Ordinal));
        Assert.Equal(traces[0], traces[1]);
    }
}
