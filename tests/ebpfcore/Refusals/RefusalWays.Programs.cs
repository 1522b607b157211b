using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Refusals;

// 450x to 454x: programs.
internal static partial class RefusalWays
{
    private static readonly (Check Check, Func<RefusalBench, NtStatus> Way)[] s_programs =
    [
        (CheckTable.ProgramCreateType, b => b.User.CreateProgram(Guid.Empty).Status),
        (CheckTable.ProgramCreateName, b => b.User.CreateProgram(ProgramTypeTable.Sample, new string('n', 64)).Status),
        (CheckTable.ProgramCreateProvider, b => b.User.CreateProgram(ProgramTypeTable.Bind).Status),
        (CheckTable.ProgramProvider, b =>
        {
            NtHandle program = b.User.NewProgram();
            b.User.ResolveHelpers(program, 1).Expect(EbpfResult.Success);
            b.Extension.Deregister(b.Machine.Machine);
            NtStatus status = b.User.LoadCode(program, EbpfCodeType.Ebpf, new byte[8]).Status;
            b.Extension.Register(b.Machine.Machine);
            return status;
        }),
        (CheckTable.ProgramInfoHash, b => b.User.ResolveHelpers(b.User.NewProgram(), 1, 1).Status),
        (CheckTable.ProgramLoadType, b => b.User.LoadCode(b.User.NewProgram(), EbpfCodeType.Native, 1).Status),
        (CheckTable.ProgramLoadIntegrity, b => b
            .Boot(options: EbpfCoreOptions.NativeOnly with { HypervisorCodeIntegrity = true, Interpreter = new TestEngine() })
            .User.LoadCode(new NtHandle(77), EbpfCodeType.Jit, 0xC3).Status),
        (CheckTable.ProgramLoadOnce, b =>
        {
            NtHandle program = b.User.NewProgram();
            b.User.LoadCode(program, EbpfCodeType.Jit, 0xC3).Expect(EbpfResult.Success);
            return b.User.LoadCode(program, EbpfCodeType.Jit, 0xC3).Status;
        }),
        (CheckTable.ProgramLoadInterpreter, b =>
        {
            EbpfMachine machine = b.Boot(options: EbpfCoreOptions.NativeOnly);
            return machine.User.LoadCode(machine.User.NewProgram(), EbpfCodeType.Ebpf, new byte[16]).Status;
        }),
        (CheckTable.ProgramLoadEmpty, b => b.User.LoadCode(b.User.NewProgram(), EbpfCodeType.Ebpf, new byte[7]).Status),
        (CheckTable.ProgramLoadInstructions, b => b.User.LoadCode(b.User.NewProgram(), EbpfCodeType.Ebpf, [0xFF, .. new byte[7]]).Status),
        (CheckTable.ProgramLoadNoCode, b => b.User.LoadCode(b.User.NewProgram(), EbpfCodeType.Jit).Status),
        (CheckTable.ProgramInfoRequest, b => b.User.Info(b.User.NewProgram(), wanted: 23).Status),
        (CheckTable.ProgramInfoMapIds, b => MapIds(b, new BpfProgInfo { NrMapIds = 2, MapIds = 16 })),
        (CheckTable.ProgramInfoMapRoom, b => MapIds(b, new BpfProgInfo { NrMapIds = 1, MapIds = b.User.Gate.Memory.Allocate(4) })),
        (CheckTable.ProgramQueryRoom, b => b.User.Send(
            EbpfOperationId.QueryProgramInfo, new QueryProgramInfoRequest { Handle = b.User.NewProgram() }, replyBytes: 16).Status),
        (CheckTable.ProgramDescribeRoom, b => b.User.DescribeType(ProgramTypeTable.Sample, room: 1).Status),
        (CheckTable.ResolveHelperRequest, b => b.User.Send(Header(EbpfOperationId.ResolveHelper, 24, length: 15), 24).Status),
        (CheckTable.ResolveHelperRoom, b => b.User.Send(
            EbpfOperationId.ResolveHelper, new ResolveHelperRequest { ProgramHandle = new NtHandle(99) }, new byte[8], 39).Status),
        (CheckTable.ResolveHelperOnce, b =>
        {
            NtHandle program = b.User.NewProgram();
            b.User.ResolveHelpers(program, 1).Expect(EbpfResult.Success);
            return b.User.ResolveHelpers(program, 1).Status;
        }),
        (CheckTable.ResolveHelperKnown, b => b.User.ResolveHelpers(b.User.NewProgram(), 1000).Status),
        (CheckTable.ResolveHelperImplemented, b => b.User.ResolveHelpers(b.User.NewProgram(), 35).Status),
        (CheckTable.ResolveHelperCount, b =>
        {
            NtHandle program = b.User.NewProgram();
            b.User.ResolveHelpers(program, 1, 2).Expect(EbpfResult.Success);
            return b.User.ResolveHelpers(program).Status;
        }),
        (CheckTable.ResolveHelperTrampolines, b =>
        {
            TestExtension plain = TestExtension.Register(
                b.Machine.Machine,
                ProgramTypeTable.Bind,
                d => d with { Info = d.Info with { TypeHelpers = [], GlobalHelpers = [] }, TypeHelpers = [], GlobalHelpers = [] });
            NtHandle program = b.User.NewProgram(ProgramTypeTable.Bind);
            b.User.LoadCode(program, EbpfCodeType.Jit, 0xC3).Expect(EbpfResult.Success);
            NtStatus status = b.User.ResolveHelpers(program, 1).Status;
            b.User.Process.Terminate(NtStatus.Success);
            plain.Deregister(b.Machine.Machine);
            return status;
        }),
        (CheckTable.ResolveMapRequest, b => b.User.Send(Header(EbpfOperationId.ResolveMap, 24, length: 15), 16).Status),
        (CheckTable.ResolveMapRoom, b => b.User.Send(
            EbpfOperationId.ResolveMap, new ResolveMapRequest { ProgramHandle = b.User.NewProgram() }, new byte[8], 15).Status),
        (CheckTable.ResolveMapCount, b => b.User.ResolveMaps(b.User.NewProgram()).Status),
        (CheckTable.ResolveMapOnce, b =>
        {
            NtHandle program = b.User.NewProgram();
            NtHandle map = b.User.NewMap(BpfMapType.Array).Handle;
            b.User.ResolveMaps(program, map).Expect(EbpfResult.Success);
            return b.User.ResolveMaps(program, map).Status;
        }),
        (CheckTable.EcFunction, b => b.User.Send(
            EbpfOperationId.GetEcFunction, new GetEcFunctionRequest { Function = (EbpfEcFunction)1 }, replyBytes: 16).Status),
        (CheckTable.TestRunRoom, b => b.User.TestRun(new NtHandle(99), [], new byte[8], 39).Status),
        (CheckTable.TestRunProvider, b =>
        {
            NtHandle program = Loaded(b);
            b.Extension.Deregister(b.Machine.Machine);
            NtStatus status = b.User.TestRun(program, [], [], 32).Status;
            b.Extension.Register(b.Machine.Machine);
            return status;
        }),
        (CheckTable.TestRunSupported, b =>
        {
            TestExtension plain = TestExtension.Register(b.Machine.Machine, ProgramTypeTable.Bind, d => d with { ContextCreate = null });
            NtStatus status = b.User.TestRun(b.User.NewProgram(ProgramTypeTable.Bind), [], [], 32).Status;
            b.User.Process.Terminate(NtStatus.Success);
            plain.Deregister(b.Machine.Machine);
            return status;
        }),
        (CheckTable.TestRunCpu, b => b.User.TestRun(Loaded(b), [], [], 32, cpu: 2).Status),
        (CheckTable.TestRunContext, b => b.User.TestRun(Loaded(b), [], new byte[3], 64).Status),
    ];

    private static NtHandle Loaded(RefusalBench bench)
    {
        NtHandle program = bench.User.NewProgram();
        bench.User.LoadCode(program, EbpfCodeType.Ebpf, [3, .. new byte[7]]).Expect(EbpfResult.Success);
        return program;
    }

    /// <summary>Asks for the ids of a program's two maps.</summary>
    private static NtStatus MapIds(RefusalBench bench, BpfProgInfo info)
    {
        NtHandle program = bench.User.NewProgram();
        bench.User.BindMap(program, bench.User.NewMap(BpfMapType.Array).Handle).Expect(EbpfResult.Success);
        bench.User.BindMap(program, bench.User.NewMap(BpfMapType.Array).Handle).Expect(EbpfResult.Success);
        return bench.User.ProgramInfo(program, info).Status;
    }
}
