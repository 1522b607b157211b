using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Programs;

public sealed class TestRunTests : IDisposable
{
    private readonly EbpfMachine _machine = new(options: EbpfCoreOptions.NativeOnly with { Interpreter = new TestEngine() });
    private readonly TestExtension _extension;

    public TestRunTests()
    {
        _extension = TestExtension.Register(_machine.Machine);
    }

    public void Dispose()
    {
        _extension.Deregister(_machine.Machine);
        _machine.Dispose();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(5, 2)]
    [InlineData(3000, 0)]
    public void The_reply_has_the_last_result_the_data_and_the_context(ulong repeat, ulong batch)
    {
        Answer answer = Run(Load(0x2A), [1, 2, 3], BitConverter.GetBytes(77UL), 32 + 3 + 8, repeat, batch).Expect(EbpfResult.Success);
        ProgramTestRunReply reply = answer.As<ProgramTestRunReply>();
        Assert.Equal((0x2Aul, 3ul, (ushort)43), (reply.ReturnValue, reply.ContextOffset, reply.Header.Length));
        Assert.Equal(43ul, answer.Information);
        Assert.Equal([1, 2, 3, 77, 0, 0, 0, 0, 0, 0, 0], answer.Tail(32));
    }

    [Fact]
    public void The_context_follows_the_data_when_there_is_less_of_it_than_room()
    {
        Answer answer = Run(Load(1), [9], BitConverter.GetBytes(5UL), 32 + 20 + 8).Expect(EbpfResult.Success);
        Assert.Equal([9, 5, 0, 0, 0, 0, 0, 0, 0], answer.Tail(32));
    }

    [Fact]
    public void Room_is_checked_before_the_program_is_looked_up()
    {
        Run(new NtHandle(99), [], new byte[8], 39).ExpectRefusal(CheckTable.TestRunRoom, 39, 40);
        Run(new NtHandle(99), [], [], 32).Expect(EbpfResult.InvalidObject);
    }

    [Fact]
    public void A_cpu_that_is_not_there_and_a_context_that_cannot_be_made_are_invalid()
    {
        Run(Load(1), [], [], 32, cpu: 2).Expect(EbpfResult.InvalidArgument);
        Run(Load(1), [], [], 32, cpu: 1).Expect(EbpfResult.Success);
        Run(Load(1), [], new byte[3], 64).Expect(EbpfResult.InvalidArgument);
    }

    [Fact]
    public void A_program_whose_provider_is_gone_does_not_run_until_the_provider_is_back()
    {
        NtHandle program = Load(3);
        _extension.Deregister(_machine.Machine);
        Run(program, [], [], 32).ExpectRefusal(CheckTable.TestRunProvider, 0, 1);
        _extension.Register(_machine.Machine);
        Assert.Equal(3ul, Run(program, [], [], 32).Expect(EbpfResult.Success).As<ProgramTestRunReply>().ReturnValue);
    }

    [Fact]
    public void A_program_is_unusable_while_the_provider_gives_other_information_than_it_was_resolved_against()
    {
        NtHandle program = Load(3);
        _machine.User.ResolveHelpers(program, 1).Expect(EbpfResult.Success);
        _extension.Deregister(_machine.Machine);
        TestExtension other = TestExtension.Register(
            _machine.Machine, change: d => d with { Info = d.Info with { Descriptor = d.Info.Descriptor with { IsPrivileged = true } } });
        Run(program, [], [], 32).ExpectRefusal(CheckTable.TestRunProvider, 0, 1);
        other.Deregister(_machine.Machine);
        _extension.Register(_machine.Machine);
        Run(program, [], [], 32).Expect(EbpfResult.Success);
    }

    [Fact]
    public void A_provider_that_comes_back_and_refuses_leaves_the_program_without_a_type_number()
    {
        NtHandle program = Load(3);
        _extension.Deregister(_machine.Machine);
        Assert.Equal(BpfProgType.Sample, _machine.User.ProgramInfo(program).AsProgramInfo().Type);
        _extension.Answer = NtStatus.AccessDenied;
        _extension.Register(_machine.Machine);
        BpfProgInfo info = _machine.User.ProgramInfo(program).Expect(EbpfResult.Success).AsProgramInfo();
        Assert.Equal((BpfProgType.Unspec, ProgramTypeTable.Sample), (info.Type, info.TypeUuid));
        Run(program, [], [], 32).ExpectRefusal(CheckTable.TestRunProvider, 0, 1);
        _extension.Deregister(_machine.Machine);
        _extension.Answer = NtStatus.Success;
        _extension.Register(_machine.Machine);
        Assert.Equal(3ul, Run(program, [], [], 32).Expect(EbpfResult.Success).As<ProgramTestRunReply>().ReturnValue);
    }

    [Fact]
    public void A_type_that_makes_no_contexts_has_no_test_runs()
    {
        TestExtension plain = TestExtension.Register(_machine.Machine, ProgramTypeTable.Bind, d => d with { ContextCreate = null });
        Run(_machine.User.NewProgram(ProgramTypeTable.Bind), [], [], 32).ExpectRefusal(CheckTable.TestRunSupported, 0, 1);
        plain.Deregister(_machine.Machine);
    }

    private NtHandle Load(byte returns)
    {
        NtHandle program = _machine.User.NewProgram();
        _machine.User.LoadCode(program, EbpfCodeType.Ebpf, [returns, .. new byte[7]]).Expect(EbpfResult.Success);
        return program;
    }

    private Answer Run(NtHandle program, byte[] data, byte[] context, int reply, ulong repeat = 1, ulong batch = 0, uint cpu = 0) =>
        _machine.User.TestRun(program, data, context, reply, repeat, batch, cpu);
}
