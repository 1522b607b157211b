using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;

namespace KernelSim.Nt.Tests.Ke;

public sealed class KDpcTests
{
    private readonly List<string> _ran = [];

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void From_passive_level_it_runs_at_once_at_dispatch_level_on_its_processor(int processor)
    {
        using Machine machine = Machine.Boot();
        PsProcess process = machine.Processes.Create();
        using KernelScope scope = machine.EnterKernel(process);
        scope.Thread.RequestId = 77;
        KDpc dpc = new(machine, t => _ran.Add($"{t.ProcessorNumber} {t.Irql} {t.Process?.Id} {t.RequestId}"));

        Assert.True(dpc.Insert(scope.Thread, processor));

        Assert.Equal([$"{processor} Dispatch  77"], _ran);
        Assert.Equal(0, scope.Thread.ProcessorNumber);
        Assert.Equal(Irql.Passive, scope.Thread.Irql);
        Assert.Same(process, scope.Thread.Process);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void From_dispatch_level_it_runs_when_the_inserting_thread_lowers(int processor)
    {
        using Machine machine = Machine.Boot();
        machine.RunOnProcessor(0, Irql.Passive, current =>
        {
            KDpc dpc = new(machine, t => _ran.Add($"on {t.ProcessorNumber}"));
            using (current.RaiseIrql(Irql.Dispatch))
            {
                Assert.True(dpc.Insert(current, processor));
                using (current.RaiseIrql(Irql.High))
                {
                }

                Assert.Empty(_ran);
            }

            Assert.Equal([$"on {processor}"], _ran);
        });
    }

    [Fact]
    public void One_that_is_queued_is_not_queued_again()
    {
        using Machine machine = Machine.Boot();
        machine.RunOnProcessor(0, Irql.Dispatch, current =>
        {
            KDpc dpc = new(machine, _ => _ran.Add("ran"));
            Assert.True(dpc.Insert(current, 0));
            Assert.False(dpc.Insert(current, 0));
            Assert.False(dpc.Insert(current, 1));
        });
        Assert.Single(_ran);
    }

    [Fact]
    public void Those_of_one_processor_run_in_the_order_of_queueing()
    {
        using Machine machine = Machine.Boot();
        machine.RunOnProcessor(0, Irql.Dispatch, current =>
        {
            foreach (string name in (string[])["a", "b", "c"])
            {
                new KDpc(machine, _ => _ran.Add(name)).Insert(current, 0);
            }
        });
        Assert.Equal(["a", "b", "c"], _ran);
    }

    [Fact]
    public void A_routine_may_queue_itself_again()
    {
        using Machine machine = Machine.Boot();
        KDpc? dpc = null;
        dpc = new KDpc(machine, current =>
        {
            _ran.Add("ran");
            if (_ran.Count < 3)
            {
                Assert.True(dpc!.Insert(current, 0));
            }
        });
        machine.RunOnProcessor(0, Irql.Passive, current => dpc.Insert(current, 0));
        Assert.Equal(3, _ran.Count);
    }

    [Fact]
    public void One_that_is_removed_does_not_run()
    {
        using Machine machine = Machine.Boot();
        machine.RunOnProcessor(0, Irql.Dispatch, current =>
        {
            KDpc removed = new(machine, _ => _ran.Add("removed"));
            KDpc kept = new(machine, _ => _ran.Add("kept"));
            Assert.False(removed.Remove());
            removed.Insert(current, 0);
            kept.Insert(current, 0);
            Assert.True(removed.Remove());
            Assert.False(removed.Remove());
        });
        Assert.Equal(["kept"], _ran);
    }

    [Fact]
    public void Whoever_is_on_the_processor_at_dispatch_level_runs_it_on_lowering()
    {
        using Machine machine = Machine.Boot();
        using ParkingPlace parking = new();
        int ranOn = 0;
        HostThread occupant = HostThread.Run(() => machine.RunOnProcessor(1, Irql.Dispatch, _ => parking.Park()));
        parking.WaitForArrival();
        machine.RunOnProcessor(0, Irql.Passive, current =>
        {
            Assert.True(new KDpc(machine, _ => ranOn = Environment.CurrentManagedThreadId).Insert(current, 1));
            Assert.Equal(0, ranOn);
        });
        parking.Open();
        occupant.Join();
        Assert.NotEqual(0, ranOn);
        Assert.NotEqual(Environment.CurrentManagedThreadId, ranOn);
    }

    [Fact]
    public void Flushing_waits_for_those_that_somebody_else_is_to_run()
    {
        using Machine machine = Machine.Boot();
        using ParkingPlace parking = new();
        HostThread occupant = HostThread.Run(() => machine.RunOnProcessor(1, Irql.Dispatch, _ => parking.Park()));
        parking.WaitForArrival();
        machine.RunOnProcessor(0, Irql.Passive, current =>
        {
            new KDpc(machine, _ => _ran.Add("ran")).Insert(current, 1);
            parking.Open();
            machine.FlushDpcs(current);
            Assert.Equal(["ran"], _ran);
        });
        occupant.Join();
    }

    [Fact]
    public void Flushing_at_dispatch_level_stops_the_machine()
    {
        using Machine machine = Machine.Boot();
        BugcheckRecord stop = Stop.By(machine, () => machine.RunOnProcessor(0, Irql.Dispatch, machine.FlushDpcs));
        Assert.Equal(BugcheckCode.IrqlNotLessOrEqual, stop.Code);
    }

    [Fact]
    public void None_is_lost_between_threads_that_queue_and_threads_that_lower()
    {
        const int Rounds = 3_000;
        using Machine machine = Machine.Boot(new MachineOptions { Processors = 2 });
        int ran = 0;
        HostThread[] threads = [.. Enumerable.Range(0, 2).Select(cpu => HostThread.Run(() => machine.RunOnProcessor(cpu, Irql.Passive, current =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                using IrqlScope raised = current.RaiseIrql(i % 2 == 0 ? Irql.Dispatch : Irql.Apc);
                new KDpc(machine, _ => Interlocked.Increment(ref ran)).Insert(current, i / 2 % 2);
            }
        })))];
        Array.ForEach(threads, t => t.Join());
        Assert.Equal(2 * Rounds, ran);
    }

    [Fact]
    public void A_chain_of_any_length_from_processor_to_processor_needs_no_stack()
    {
        const int Hops = 300_000;
        using Machine machine = Machine.Boot();
        int hops = 0;
        KDpc[] dpcs = new KDpc[2];
        for (int i = 0; i < dpcs.Length; i++)
        {
            int other = 1 - i;
            dpcs[i] = new KDpc(machine, current =>
            {
                if (++hops < Hops)
                {
                    dpcs[other].Insert(current, other);
                }
            });
        }

        machine.RunOnProcessor(0, Irql.Passive, current => dpcs[0].Insert(current, 0));
        Assert.Equal(Hops, hops);
    }

    [Fact]
    public void A_routine_that_waits_stops_the_machine()
    {
        using Machine machine = Machine.Boot();
        KEvent never = new(machine, manualReset: true);
        KDpc dpc = new(machine, current => never.Wait(current, Timeout.InfiniteTimeSpan));
        BugcheckRecord stop = Stop.By(machine, () => machine.RunOnProcessor(0, Irql.Passive, current => dpc.Insert(current, 2)));
        Assert.Equal(BugcheckCode.IrqlNotLessOrEqual, stop.Code);
        Assert.Contains("Dispatch level, system", stop.Processors[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_routine_that_throws_stops_the_machine_with_what_it_threw()
    {
        using Machine machine = Machine.Boot();
        InvalidOperationException thrown = new("broken");
        KDpc dpc = new(machine, _ => throw thrown);
        BugcheckRecord stop = Stop.By(machine, () => machine.RunOnProcessor(0, Irql.Passive, current => dpc.Insert(current, 0)));
        Assert.Equal(BugcheckCode.KmodeExceptionNotHandled, stop.Code);
        Assert.Same(thrown, stop.Cause);
    }
}
