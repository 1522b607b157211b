using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Programs;

/// <summary>Programs that leave word which one runs next.</summary>
public sealed class TailCallTests : IDisposable
{
    private const long InvalidArgument = -6;
    private const long NoMoreTailCalls = -27;

    private readonly ProgramBench _bench = new();
    private readonly TestMap _programs;
    private readonly ulong _register;

    public TailCallTests()
    {
        _programs = _bench.User.NewMap(BpfMapType.ProgArray, valueSize: 4, maxEntries: 4);
        _register = Register(_programs);
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Exactly_34_programs_run_and_the_last_goes_on_after_minus_27()
    {
        int runs = 0;
        List<long> answers = [];
        NtHandle program = _bench.Program((in call) =>
        {
            runs++;
            answers.Add((long)call.Invoke(5, Context(call), _register, 0));
            return 100 + runs;
        });
        Put(0, program);
        Assert.Equal(134ul, ReturnValueOf(program));
        Assert.Equal(34, runs);
        Assert.Equal([.. Enumerable.Repeat(0L, 33), NoMoreTailCalls], answers);

        // The count is of one invocation: the next begins anew.
        answers.Clear();
        _bench.User.TestRun(program, [], [], 32, repeat: 2).Expect(EbpfResult.Success);
        Assert.Equal(2, answers.Count(a => a == NoMoreTailCalls));
        Assert.Equal(3 * 34, runs);
    }

    [Fact]
    public void The_other_program_runs_after_the_caller_and_its_result_counts()
    {
        List<string> order = [];
        NtHandle callee = _bench.Program((in _) =>
        {
            order.Add("callee");
            return 7;
        });
        NtHandle caller = _bench.Program((in call) =>
        {
            Assert.Equal(0, (long)call.Invoke(5, Context(call), _register, 2));
            order.Add("caller goes on");
            return 1;
        });
        Put(2, callee);
        Assert.Equal(7ul, ReturnValueOf(caller));
        Assert.Equal(["caller goes on", "callee"], order);
    }

    [Fact]
    public void The_last_word_counts()
    {
        Put(0, _bench.Program((in _) => 10));
        Put(1, _bench.Program((in _) => 11));
        Assert.Equal(11ul, ReturnValueOf(_bench.Program((in call) =>
        {
            call.Invoke(5, Context(call), _register, 0);
            call.Invoke(5, Context(call), _register, 1);
            return (long)call.Invoke(5, Context(call), _register, 3); // refused: takes nothing back
        })));
    }

    [Theory]
    [InlineData(1u)] // an empty slot
    [InlineData(4u)] // no slot
    [InlineData(uint.MaxValue)]
    public void A_slot_without_a_program_is_minus_6_and_the_caller_goes_on(uint index)
    {
        Put(0, _bench.Program((in _) => 9));
        Assert.Equal(1006ul, ReturnValueOf(_bench.Program((in call) => 1000 - (long)call.Invoke(5, Context(call), _register, index))));
    }

    [Fact]
    public void Only_a_map_of_programs_has_programs()
    {
        TestMap array = _bench.User.NewMap(BpfMapType.Array, valueSize: 4);
        Assert.Equal(InvalidArgument, _bench.Call(5, 0, Register(array), 0));
        Assert.Equal(InvalidArgument, _bench.Call(5, 0, 0, 0));
    }

    [Fact]
    public void A_program_without_code_answers_0_in_its_callers_place()
    {
        Put(0, _bench.User.NewProgram());
        Assert.Equal(0ul, ReturnValueOf(_bench.Program((in call) => 5 + (long)call.Invoke(5, Context(call), _register, 0))));
    }

    [Fact]
    public void A_program_that_loses_its_slot_and_its_handle_while_word_of_it_is_left_still_runs()
    {
        NtHandle callee = _bench.Program((in _) => 21);
        Put(0, callee);
        NtHandle caller = _bench.Program((in call) =>
        {
            call.Invoke(5, Context(call), _register, 0);
            HostThread other = HostThread.Run(() =>
            {
                _programs.Delete(_programs.Key(0)).Expect(EbpfResult.Success);
                _bench.User.Close(callee).Expect(EbpfResult.Success);
            });
            other.Join();
            return 1;
        });
        Assert.Equal(21ul, ReturnValueOf(caller));
    }

    private static unsafe ulong Context(in Extensions.HelperCall call) => (ulong)call.Context;

    /// <summary>What stands for a map in a program's registers.</summary>
    private ulong Register(TestMap map) =>
        BitConverter.ToUInt64(_bench.User.ResolveMaps(_bench.User.NewProgram(), map.Handle).Expect(EbpfResult.Success).Tail(8));

    private void Put(uint index, NtHandle program) =>
        _programs.UpdateWithHandle(_programs.Key(index), program).Expect(EbpfResult.Success);

    private ulong ReturnValueOf(NtHandle program) =>
        _bench.User.TestRun(program, [], [], 32).Expect(EbpfResult.Success).As<ProgramTestRunReply>().ReturnValue;
}
