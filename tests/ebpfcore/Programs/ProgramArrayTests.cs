using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Tests.Links;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Programs;

/// <summary>Programs in arrays of programs, and what a tail call through one leads to.</summary>
public sealed class ProgramArrayTests : IDisposable
{
    private const uint TailCall = 5;

    private readonly ProgramEngine _engine = new();
    private readonly EbpfMachine _machine;
    private readonly List<TestExtension> _extensions = [];

    public ProgramArrayTests()
    {
        _machine = new EbpfMachine(options: EbpfCoreOptions.NativeOnly with { Interpreter = _engine });
        _extensions.Add(TestExtension.Register(_machine.Machine));
        _extensions.Add(TestExtension.Register(_machine.Machine, ProgramTypeTable.Bind));
    }

    private EbpfUser User => _machine.User;

    public void Dispose()
    {
        User.Process.Terminate(NtStatus.Success);
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        _extensions.ForEach(extension => extension.Deregister(_machine.Machine));
        _machine.Dispose();
    }

    [Fact]
    public void A_program_goes_in_by_handle_and_is_read_as_its_id()
    {
        TestMap array = NewArray();
        NtHandle program = User.NewProgram();
        array.UpdateWithHandle(array.Key(2), program).Expect(EbpfResult.Success);
        uint id = MemoryMarshal.Read<uint>(array.Find(array.Key(2)).Expect(EbpfResult.Success).Tail(8));
        Assert.Equal(User.ProgramInfo(program).AsProgramInfo().Id, id);
        User.Close(program).Expect(EbpfResult.Success);
        User.HandleById(EbpfOperationId.GetProgramHandleById, id).Expect(EbpfResult.Success);
        array.UpdateWithHandle(array.Key(2), NtHandle.Invalid).Expect(EbpfResult.Success);
        array.Find(array.Key(2)).Expect(EbpfResult.ObjectNotFound);
        array.UpdateWithHandle(array.Key(4), program).Expect(EbpfResult.InvalidArgument);
    }

    [Fact]
    public void The_first_program_decides_the_type_of_all()
    {
        TestMap array = NewArray();
        NtHandle other = User.NewProgram(ProgramTypeTable.Bind);
        array.UpdateWithHandle(array.Key(0), User.NewProgram()).Expect(EbpfResult.Success);
        Answer refused = array.UpdateWithHandle(array.Key(1), other);
        refused.Expect(EbpfResult.InvalidFd);
        array.Find(array.Key(1)).Expect(EbpfResult.ObjectNotFound);
        array.UpdateWithHandle(array.Key(0), NtHandle.Invalid).Expect(EbpfResult.Success);
        array.UpdateWithHandle(array.Key(1), other).Expect(EbpfResult.InvalidFd);
        User.BindMap(other, array.Handle).Expect(EbpfResult.InvalidFd);
        User.ResolveMaps(other, array.Handle).Expect(EbpfResult.InvalidFd);
    }

    [Fact]
    public void A_program_that_uses_an_empty_array_decides_too()
    {
        TestMap array = NewArray();
        User.BindMap(User.NewProgram(ProgramTypeTable.Bind), array.Handle).Expect(EbpfResult.Success);
        array.UpdateWithHandle(array.Key(0), User.NewProgram()).Expect(EbpfResult.InvalidFd);
        array.UpdateWithHandle(array.Key(0), User.NewProgram(ProgramTypeTable.Bind)).Expect(EbpfResult.Success);
    }

    [Fact]
    public void A_tail_call_runs_the_other_program_in_the_callers_place()
    {
        TestMap array = NewArray();
        ulong number = 0;
        List<long> answers = [];
        NtHandle first = Load((in call) =>
        {
            answers.Add((long)call.Invoke(TailCall, 0, number, 3));
            return 111;
        });
        number = Resolve(first, array);
        array.UpdateWithHandle(array.Key(3), Load((in call) => 222)).Expect(EbpfResult.Success);
        Assert.Equal(222ul, Run(first));
        Assert.Equal([0L], answers);
    }

    [Theory]
    [InlineData(2u)]
    [InlineData(4u)]
    [InlineData(uint.MaxValue)]
    public void An_empty_slot_or_none_answers_the_caller_which_goes_on(uint index)
    {
        TestMap array = NewArray();
        ulong number = 0;
        List<long> answers = [];
        NtHandle program = Load((in call) =>
        {
            answers.Add((long)call.Invoke(TailCall, 0, number, index));
            answers.Add((long)call.Invoke(TailCall, 0, 0, 0));
            return 111;
        });
        number = Resolve(program, array);
        array.UpdateWithHandle(array.Key(3), Load((in call) => 222)).Expect(EbpfResult.Success);
        Assert.Equal(111ul, Run(program));
        Assert.Equal([-(long)EbpfResult.InvalidArgument, -(long)EbpfResult.InvalidArgument], answers);
    }

    [Fact]
    public void No_more_than_34_programs_run_in_one_invocation()
    {
        TestMap array = NewArray();
        ulong number = 0;
        List<long> answers = [];
        NtHandle program = Load((in call) =>
        {
            answers.Add((long)call.Invoke(TailCall, 0, number, 0));
            return answers.Count;
        });
        number = Resolve(program, array);
        array.UpdateWithHandle(array.Key(0), program).Expect(EbpfResult.Success);
        Assert.Equal(34ul, Run(program));
        Assert.Equal(34, answers.Count);
        Assert.All(answers[..33], answer => Assert.Equal(0, answer));
        Assert.Equal(-(long)EbpfResult.NoMoreTailCalls, answers[33]);
    }

    [Fact]
    public void An_array_and_a_program_that_hold_each_other_go_when_user_mode_lets_go()
    {
        TestMap array = NewArray();
        NtHandle program = Load((in call) => 1);
        Resolve(program, array);
        array.UpdateWithHandle(array.Key(0), program).Expect(EbpfResult.Success);
        User.Close(program).Expect(EbpfResult.Success);
        Assert.Equal(2, LiveObjects());
        User.Close(array.Handle).Expect(EbpfResult.Success);
        Assert.Equal(0, LiveObjects());
    }

    [Fact]
    public void When_user_mode_lets_go_of_the_array_a_program_that_holds_it_finds_its_slots_empty()
    {
        TestMap array = NewArray();
        ulong number = 0;
        NtHandle first = Load((in call) => (long)call.Invoke(TailCall, 0, number, 1) == 0 ? 1 : 2);
        NtHandle second = Load((in call) => 222);
        number = Resolve(first, array);
        array.UpdateWithHandle(array.Key(1), second).Expect(EbpfResult.Success);
        User.Close(second).Expect(EbpfResult.Success);
        Assert.Equal(222ul, Run(first));
        User.Close(array.Handle).Expect(EbpfResult.Success);
        Assert.Equal(2, LiveObjects());
        Assert.Equal(2ul, Run(first));
        User.Close(first).Expect(EbpfResult.Success);
        Assert.Equal(0, LiveObjects());
    }

    [Fact]
    public void The_provider_of_a_custom_map_is_asked_about_each_program_that_would_use_it()
    {
        RecordingMapProvider calls = new();
        MapProvider provider = calls.Provider();
        _machine.InKernel(current => Assert.Equal(NtStatus.Success, _machine.Machine.Nmr.Register(current, provider)));
        TestMap map = User.NewMap(BpfMapType.Xskmap, valueSize: 4, maxEntries: 3);
        calls.Take();
        NtHandle program = User.NewProgram();
        User.ResolveMaps(program, map.Handle).Expect(EbpfResult.Success);
        Assert.Equal([$"associate {ProgramTypeTable.Sample}"], calls.Take());
        calls.AssociateAnswer = EbpfResult.OperationNotSupported;
        User.BindMap(User.NewProgram(ProgramTypeTable.Bind), map.Handle).Expect(EbpfResult.OperationNotSupported);
        Assert.Equal([$"associate {ProgramTypeTable.Bind}"], calls.Take());

        // The program keeps the map, and the map its provider.
        User.Close(map.Handle).Expect(EbpfResult.Success);
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(calls.Take());
        User.Close(program).Expect(EbpfResult.Success);
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["deleted context"], calls.Take());
        _machine.InKernel(current => Assert.Equal(NtStatus.Success, _machine.Machine.Nmr.Deregister(current, provider)));
    }

    private TestMap NewArray() => User.NewMap(BpfMapType.ProgArray, valueSize: 4, maxEntries: 4);

    private NtHandle Load(ProgramBody body)
    {
        NtHandle program = User.NewProgram();
        User.LoadCode(program, EbpfCodeType.Ebpf, _engine.Code(body)).Expect(EbpfResult.Success);
        return program;
    }

    /// <summary>Lets a program use a map: the number by which its code names it.</summary>
    private ulong Resolve(NtHandle program, TestMap map) =>
        MemoryMarshal.Read<ulong>(User.ResolveMaps(program, map.Handle).Expect(EbpfResult.Success).Tail(8));

    private ulong Run(NtHandle program)
    {
        ProgramTestRunRequest request = new()
        {
            Header = new OperationHeader { Length = ProgramTestRunRequest.TailOffset, Id = EbpfOperationId.ProgramTestRun },
            ProgramHandle = program,
            RepeatCount = 1,
        };
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<ProgramTestRunRequest>(in request))[..ProgramTestRunRequest.TailOffset];
        return User.Send(bytes, 32).Expect(EbpfResult.Success).As<ProgramTestRunReply>().ReturnValue;
    }

    private int LiveObjects()
    {
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        return _machine.Driver.ObjectCount;
    }
}
