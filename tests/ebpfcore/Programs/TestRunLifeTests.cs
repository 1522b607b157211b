using System.Diagnostics;
using KernelSim.EbpfCore.Programs;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Programs;

/// <summary>How test runs are cut into batches and timed, and what happens while one is under way.</summary>
public sealed class TestRunLifeTests
{
    [Theory]
    [InlineData(7, 3, "12D345D67D")]
    [InlineData(6, 3, "12D345D6D")]
    [InlineData(2, 3, "12D")]
    [InlineData(3, 1, "1D2D3D")]
    [InlineData(1, 1, "1D")]
    [InlineData(5, 0, "12345D")]
    [InlineData(5, ulong.MaxValue, "12345D")]
    public void The_first_batch_is_one_run_short_and_the_processor_is_free_between_batches(ulong repeat, ulong batch, string expected)
    {
        using ProgramBench bench = new(Irql.Dispatch);
        string seen = "";
        int run = 0;
        KDpc free = new(bench.Machine, _ => seen += "D");
        NtHandle program = bench.Program((in call) =>
        {
            Assert.Equal(Irql.Dispatch, call.Thread.Irql);
            seen += ++run;
            free.Insert(call.Thread, call.Thread.ProcessorNumber);
            return run;
        });
        Answer answer = bench.User.TestRun(program, [], [], 32, repeat, batch).Expect(EbpfResult.Success);
        Assert.Equal(repeat, answer.As<ProgramTestRunReply>().ReturnValue);
        Assert.Equal(expected, seen);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void The_duration_counts_every_run_however_short_the_batches(ulong batch)
    {
        const ulong Runs = 1000;
        const double Spin = 150; // ns: more than one tick of 100 ns, less than two
        using ProgramBench bench = new();
        NtHandle program = bench.Program((in _) =>
        {
            long start = Stopwatch.GetTimestamp();
            while (Nanoseconds(start) < Spin)
            {
            }

            return 1;
        });
        ProgramTestRunReply reply = bench.User.TestRun(program, [], [], 32, Runs, batch).Expect(EbpfResult.Success).As<ProgramTestRunReply>();
        Assert.True(reply.Duration >= Spin - 1, $"{reply.Duration} ns for a run of at least {Spin} ns");
    }

    [Fact]
    public void Handles_and_slots_may_go_while_the_program_runs()
    {
        using ProgramBench bench = new();
        NtHandle own = NtHandle.Invalid;
        NtHandle program = bench.Program((in _) =>
        {
            HostThread other = HostThread.Run(() =>
            {
                if (own != NtHandle.Invalid)
                {
                    bench.User.Close(own).Expect(EbpfResult.Success);
                    own = NtHandle.Invalid;
                }
            });
            other.Join();
            return 5;
        });
        own = program;
        Answer answer = bench.User.TestRun(program, [1], [], 33, repeat: 3, batch: 1).Expect(EbpfResult.Success);
        Assert.Equal(5ul, answer.As<ProgramTestRunReply>().ReturnValue);
        bench.User.NextId(EbpfOperationId.GetNextProgramId, 0).Expect(EbpfResult.NoMoreKeys);
        bench.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, bench.Driver.ObjectCount);
    }

    [Fact]
    public void Cancelling_does_not_change_a_few_runs()
    {
        using ProgramBench bench = new();
        NtHandle program = bench.Program((in _) =>
        {
            HostThread other = HostThread.Run(() => bench.User.Gate.NtCancelIoFile(0, bench.User.Device));
            other.Join();
            return 6;
        });
        Answer answer = bench.User.TestRun(program, [], [], 32, repeat: 2).Expect(EbpfResult.Success);
        Assert.Equal(6ul, answer.As<ProgramTestRunReply>().ReturnValue);
    }

    [Fact]
    public void Cancelling_ends_a_run_of_many_repeats()
    {
        using ProgramBench bench = new();
        bool asked = false;
        NtHandle program = bench.Program((in _) =>
        {
            if (!asked)
            {
                asked = true;
                HostThread.Run(() => bench.User.Gate.NtCancelIoFile(0, bench.User.Device)).Join();
            }

            return 6;
        });

        bench.User.TestRun(program, [], [], 32, repeat: int.MaxValue).Expect(EbpfResult.Canceled);
    }

    [Fact]
    public void A_process_may_end_while_its_program_runs_and_nothing_is_left()
    {
        using ProgramBench bench = new();
        EbpfUser user = new(bench.Machine.Processes.Create());
        int runs = 0;
        NtHandle program = bench.Program(user, (in _) =>
        {
            runs++;
            HostThread killer = HostThread.Run(() => user.Process.Terminate(NtStatus.Success));
            killer.Join();
            return 1;
        });
        Assert.Throws<ProcessExitedException>(() => user.TestRun(program, [1, 2], [], 34, repeat: 3));
        Assert.True(user.Process.HasExited);
        Assert.Equal(3, runs);
        bench.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, bench.Driver.ObjectCount);
    }

    [Fact]
    public void A_provider_that_goes_waits_for_the_runs_that_use_it()
    {
        using ProgramBench bench = new();
        using ManualResetEventSlim going = new();
        bool over = false;
        bool overWhenGone = false;
        HostThread? leaver = null;
        NtHandle program = bench.Program((in _) =>
        {
            leaver = HostThread.Run(() =>
            {
                going.Set();
                bench.Extension.Deregister(bench.Machine);
                overWhenGone = Volatile.Read(ref over);
                bench.Extension.Register(bench.Machine);
            });
            going.WaitFor("the run to be going");
            Volatile.Write(ref over, true);
            return 7;
        });
        bench.User.TestRun(program, [], [], 32).Expect(EbpfResult.Success);
        leaver!.Join();
        Assert.True(overWhenGone);
        Assert.Equal(EbpfResult.Success, bench.Driver.ReferenceProgram(bench.User.Process, program, out EbpfProgram? found));
        found!.Dereference();
    }

    [Fact]
    public void A_request_whose_data_end_after_it_is_refused()
    {
        using ProgramBench bench = new();
        byte[] message = ProgramUser.TestRunMessage(bench.Program((in _) => 1), [1, 2, 3], []);
        bench.User.Send(message, 35).Expect(EbpfResult.Success);
        message[ProgramTestRunRequest.TailOffset - 2]++;
        Assert.NotEqual(NtStatus.Success, bench.User.Send(message, 36).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_type_needs_both_ends_of_a_context(bool create)
    {
        using EbpfMachine machine = new();
        TestExtension extension = TestExtension.Register(
            machine.Machine, change: d => create ? d with { ContextDestroy = null } : d with { ContextCreate = null });
        machine.User.TestRun(machine.User.NewProgram(), [], [], 32).ExpectRefusal(CheckTable.TestRunSupported, 0, 1);
        extension.Deregister(machine.Machine);
    }

    [Fact]
    public void What_the_program_makes_of_context_and_data_comes_back()
    {
        using ProgramBench bench = new();
        NtHandle program = bench.Program(Increment);
        Answer answer = bench.User.TestRun(program, [1, 2], BitConverter.GetBytes(70ul), 42, repeat: 3).Expect(EbpfResult.Success);
        Assert.Equal([4, 2, 73, 0, 0, 0, 0, 0, 0, 0], answer.Tail(32));
    }

    private static double Nanoseconds(long start) => (Stopwatch.GetTimestamp() - start) * 1e9 / Stopwatch.Frequency;

    private static unsafe long Increment(in Extensions.HelperCall call)
    {
        var context = (TestExtension.Context*)call.Context;
        context->Number++;
        (*context->Data)++;
        return 1;
    }
}
