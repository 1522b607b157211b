using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;

namespace KernelSim.Nt.Tests.Ke;

public sealed class IrqlTests
{
    [Fact]
    public void A_thread_enters_the_kernel_at_passive_level()
    {
        using Machine machine = Machine.Boot();
        using KernelScope scope = machine.EnterKernel();
        Assert.Equal(Irql.Passive, scope.Thread.Irql);
        Assert.Same(scope.Thread, KeThread.Current);
    }

    [Fact]
    public void Outside_the_kernel_there_is_no_current_thread()
    {
        using Machine machine = Machine.Boot();
        machine.EnterKernel().Dispose();
        Assert.Throws<InvalidOperationException>(() => KeThread.Current);
    }

    [Theory]
    [InlineData(Irql.Passive, Irql.Apc)]
    [InlineData(Irql.Passive, Irql.Dispatch)]
    [InlineData(Irql.Passive, Irql.High)]
    [InlineData(Irql.Apc, Irql.Dispatch)]
    [InlineData(Irql.Dispatch, Irql.Dispatch)]
    [InlineData(Irql.Dispatch, Irql.High)]
    public void A_raised_level_lasts_until_its_scope_ends(Irql from, Irql to)
    {
        using Machine machine = Machine.Boot();
        using KernelScope scope = machine.EnterKernel();
        KeThread current = scope.Thread;
        using (current.RaiseIrql(from))
        {
            using (current.RaiseIrql(to))
            {
                Assert.Equal(to, current.Irql);
            }

            Assert.Equal(from, current.Irql);
        }

        Assert.Equal(Irql.Passive, current.Irql);
    }

    [Fact]
    public void Raising_to_a_lower_level_stops_the_machine()
    {
        using Machine machine = Machine.Boot();
        BugcheckRecord stop = Stop.By(machine, () => machine.RunOnProcessor(0, Irql.Dispatch, t => t.RaiseIrql(Irql.Apc).Dispose()));
        Assert.Equal(BugcheckCode.IrqlNotLessOrEqual, stop.Code);
    }

    [Fact]
    public void Lowering_out_of_order_stops_the_machine()
    {
        using Machine machine = Machine.Boot();
        BugcheckRecord stop = Stop.By(machine, () => machine.RunOnProcessor(0, Irql.Passive, current =>
        {
            IrqlScope outer = current.RaiseIrql(Irql.Apc);
            IrqlScope inner = current.RaiseIrql(Irql.Dispatch);
            outer.Dispose();
            inner.Dispose();
        }));
        Assert.Equal(BugcheckCode.IrqlNotLessOrEqual, stop.Code);
    }

    [Fact]
    public void Leaving_the_kernel_above_passive_level_stops_the_machine()
    {
        using Machine machine = Machine.Boot();
        BugcheckRecord stop = Stop.By(machine, () =>
        {
            KernelScope scope = machine.EnterKernel();
            scope.Thread.RaiseIrql(Irql.Dispatch);
            scope.Dispose();
        });
        Assert.Equal(BugcheckCode.IrqlGtZeroAtSystemService, stop.Code);
        Assert.Equal((ulong)Irql.Dispatch, stop.Parameters[0]);
    }

    [Fact]
    public void At_dispatch_level_nobody_else_gets_onto_the_processor_at_that_level()
    {
        using Machine machine = Machine.Boot();
        using ParkingPlace parking = new();
        List<string> order = [];
        HostThread first = HostThread.Run(() => machine.RunOnProcessor(1, Irql.Dispatch, _ =>
        {
            parking.Park();
            order.Add("first leaves");
        }));
        parking.WaitForArrival();
        HostThread second = HostThread.Run(() => machine.RunOnProcessor(1, Irql.Passive, current =>
        {
            parking.Open();
            using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
            order.Add("second is in");
        }));
        first.Join();
        second.Join();
        Assert.Equal(["first leaves", "second is in"], order);
    }

    [Fact]
    public void Threads_that_take_turns_at_dispatch_level_lose_no_update_of_per_processor_data()
    {
        const int Rounds = 20_000;
        using Machine machine = Machine.Boot(new MachineOptions { Processors = 1 });
        long counter = 0;
        HostThread[] threads = [.. Enumerable.Range(0, 3).Select(_ => HostThread.Run(() => machine.RunOnProcessor(0, Irql.Passive, current =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
                counter++;
            }
        })))];
        Array.ForEach(threads, t => t.Join());
        Assert.Equal(threads.Length * Rounds, counter);
    }

    [Fact]
    public void Two_processors_run_at_dispatch_level_side_by_side()
    {
        using Machine machine = Machine.Boot();
        using ParkingPlace parking = new();
        HostThread first = HostThread.Run(() => machine.RunOnProcessor(0, Irql.Dispatch, _ => parking.Park()));
        parking.WaitForArrival();
        bool ran = false;
        machine.RunOnProcessor(1, Irql.Dispatch, _ => ran = true);
        Assert.True(ran);
        parking.Open();
        first.Join();
    }

    [Fact]
    public void Below_dispatch_level_threads_share_a_processor()
    {
        using Machine machine = Machine.Boot(new MachineOptions { Processors = 1 });
        using ParkingPlace parking = new();
        HostThread first = HostThread.Run(() => machine.RunOnProcessor(0, Irql.Apc, _ => parking.Park()));
        parking.WaitForArrival();
        bool ran = false;
        machine.RunOnProcessor(0, Irql.Apc, _ => ran = true);
        Assert.True(ran);
        parking.Open();
        first.Join();
    }

    [Fact]
    public void Running_on_a_processor_moves_the_thread_there_and_back()
    {
        using Machine machine = Machine.Boot();
        using KernelScope scope = machine.EnterKernel(processor: 1);
        KeThread current = scope.Thread;
        machine.RunOnProcessor(3, Irql.Dispatch, there =>
        {
            Assert.Same(current, there);
            Assert.Equal(3, there.ProcessorNumber);
            Assert.Equal(3, there.Processor.Number);
            Assert.Equal(Irql.Dispatch, there.Irql);
        });
        Assert.Equal(1, current.ProcessorNumber);
        Assert.Equal(Irql.Passive, current.Irql);
    }

    [Fact]
    public void A_thread_at_dispatch_level_cannot_migrate()
    {
        using Machine machine = Machine.Boot();
        BugcheckRecord stop = Stop.By(
            machine, () => machine.RunOnProcessor(0, Irql.Dispatch, _ => machine.RunOnProcessor(1, Irql.Dispatch, _ => { })));
        Assert.Equal(BugcheckCode.IrqlNotLessOrEqual, stop.Code);
    }

    [Fact]
    public void On_the_same_processor_code_runs_at_the_higher_of_both_levels()
    {
        using Machine machine = Machine.Boot();
        Irql seen = Irql.Passive;
        machine.RunOnProcessor(2, Irql.High, _ => machine.RunOnProcessor(2, Irql.Passive, current => seen = current.Irql));
        Assert.Equal(Irql.High, seen);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void A_processor_that_is_not_there_is_refused_with_what_is(int processor)
    {
        using Machine machine = Machine.Boot();
        ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>(
            () => machine.RunOnProcessor(processor, Irql.Passive, _ => { }));
        Assert.Contains($"Processor {processor} was given; this machine has processors 0 to 3", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nested_entries_keep_processor_and_process_unless_another_is_named()
    {
        using Machine machine = Machine.Boot();
        PsProcess one = machine.Processes.Create();
        PsProcess two = machine.Processes.Create();
        using KernelScope outer = machine.EnterKernel(one, 2);
        using (KernelScope inner = machine.EnterKernel(processor: 3))
        {
            Assert.Same(outer.Thread, inner.Thread);
            Assert.Equal(2, inner.Thread.ProcessorNumber);
            Assert.Same(one, inner.Thread.Process);
        }

        using (KernelScope inner = machine.EnterKernel(two))
        {
            Assert.Same(two, inner.Thread.Process);
        }

        Assert.Same(one, outer.Thread.Process);
    }

    [Fact]
    public void Host_threads_get_processors_in_the_order_in_which_they_come_and_keep_them()
    {
        using Machine machine = Machine.Boot(new MachineOptions { Processors = 2 });
        List<int> seen = [ProcessorOf(machine), ProcessorOf(machine)];
        for (int i = 0; i < 2; i++)
        {
            HostThread.Run(() => seen.AddRange([ProcessorOf(machine), ProcessorOf(machine)])).Join();
        }

        Assert.Equal([0, 0, 1, 1, 0, 0], seen);
    }

    private static int ProcessorOf(Machine machine)
    {
        using KernelScope scope = machine.EnterKernel();
        return scope.Thread.ProcessorNumber;
    }
}
