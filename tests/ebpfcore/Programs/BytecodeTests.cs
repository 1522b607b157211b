using System.Runtime.InteropServices;
using KernelSim.Bytecode;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Programs;

/// <summary>Programs of instructions in the driver's engines, loaded with messages written by hand: nothing has verified them.</summary>
public class BytecodeTests
{
    private const int Exit = 0x95;
    private const int Call = 0x85;

    private static readonly BpfInstruction s_exit = new(Exit, 0, 0, 0, 0);

    private static readonly Dictionary<string, (BpfInstruction[] Code, int At, BugcheckCode Stop)> s_faults = new()
    {
        ["a write below the stack"] = ([Move(0, 0), new(0x7b, 10, 0, -520, 0), s_exit], 1, BugcheckCode.DriverIrqlNotLessOrEqual),
        ["a write to the context's pointers"] = ([Move(0, 0), new(0x7b, 1, 0, 8, 0), s_exit], 1, BugcheckCode.DriverIrqlNotLessOrEqual),
        ["a read before the context"] = ([new(0x79, 0, 1, -8, 0), s_exit], 0, BugcheckCode.DriverIrqlNotLessOrEqual),
        ["a read behind the data"] = ([new(0x79, 2, 1, 0, 0), new(0x71, 0, 2, 64, 0), s_exit], 1, BugcheckCode.DriverIrqlNotLessOrEqual),
        ["a read through a number"] = ([Move(2, 4096), new(0x79, 0, 2, 0, 0), s_exit], 1, BugcheckCode.DriverIrqlNotLessOrEqual),
        ["a map that is none"] = ([Move(1, 77), Move(2, 0), new(Call, 0, 0, 0, 0), s_exit], 2, BugcheckCode.KernelSecurityCheckFailure),
        ["a key that is nowhere"] =
            ([.. Map(), Move(2, 8), new(Call, 0, 0, 0, 0), s_exit], 3, BugcheckCode.DriverIrqlNotLessOrEqual),
        ["a context that is another"] =
            ([new(0xbf, 1, 10, 0, 0), new(Call, 0, 0, 0, 1), s_exit], 1, BugcheckCode.KernelSecurityCheckFailure),
        ["a loop without end"] = ([Move(0, 0), new(0x15, 0, 0, -1, 0), s_exit], 1, BugcheckCode.DpcWatchdogViolation),
    };

    public static MatrixTheoryData<string, EbpfCodeType> Faults => new([.. s_faults.Keys], [EbpfCodeType.Ebpf, EbpfCodeType.Jit]);

    public static TheoryData<EbpfCodeType> Engines => [EbpfCodeType.Ebpf, EbpfCodeType.Jit];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_stops_the_machine_and_names_the_instruction(string name, EbpfCodeType engine)
    {
        (BpfInstruction[] code, int at, BugcheckCode stop) = s_faults[name];
        EbpfMachine machine = Boot(out _);
        using Machine stopped = machine.Machine;
        NtHandle program = Load(machine, engine, code);
        Assert.Throws<BugcheckException>(() => machine.User.TestRun(program, new byte[64], [], 200));
        Assert.Equal(stop, stopped.StopRecord?.Code);
        Assert.Contains($"instruction {at} ", stopped.StopRecord!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_program_reads_and_writes_its_context_and_its_data(EbpfCodeType engine)
    {
        using EbpfMachine machine = Boot(out TestExtension extension);
        NtHandle program = Load(
            machine,
            engine,
            [
                new(0x79, 2, 1, 0, 0), // r2 = data
                new(0x71, 0, 2, 3, 0), // r0 = data[3]
                new(0x72, 2, 0, 0, 9), // data[0] = 9
                new(0x79, 3, 1, 16, 0), // r3 = number
                new(0x0f, 0, 3, 0, 0), // r0 += r3
                new(0x7b, 1, 0, 16, 0), // number = r0
                s_exit,
            ]);
        Answer answer = machine.User.TestRun(program, [1, 2, 3, 4], BitConverter.GetBytes(38UL), 200).Expect(EbpfResult.Success);
        Assert.Equal(42ul, answer.As<ProgramTestRunReply>().ReturnValue);
        byte[] tail = answer.Tail(ProgramTestRunReply.TailOffset);
        Assert.Equal([9, 2, 3, 4], tail[..4]);
        Assert.Equal(42ul, BitConverter.ToUInt64(tail.AsSpan(4)));
        extension.Deregister(machine.Machine);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_helper_of_the_type_is_called_by_its_place_among_the_resolved_ones(EbpfCodeType engine)
    {
        using EbpfMachine machine = Boot(out TestExtension extension);
        NtHandle program = machine.User.NewProgram();
        machine.User.ResolveHelpers(program, 26, TestExtension.DoubleHelper, TestExtension.NumberHelper).Expect(EbpfResult.Success);
        BpfInstruction[] code =
        [
            new(0xbf, 6, 1, 0, 0), new(Call, 0, 0, 0, 0), new(0xbf, 7, 0, 0, 0), Move(1, 20), new(Call, 0, 0, 0, 1), new(0x0f, 7, 0, 0, 0),
            new(Call, 0, 0, 0, 2), new(0x0f, 0, 7, 0, 0), s_exit,
        ];
        machine.User.LoadCode(program, engine, Bytes(code)).Expect(EbpfResult.Success);
        Answer answer = machine.User.TestRun(program, [1], BitConverter.GetBytes(2UL), 200).Expect(EbpfResult.Success);
        Assert.Equal(0xC00C1Eul + 40 + 2, answer.As<ProgramTestRunReply>().ReturnValue);
        extension.Deregister(machine.Machine);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_call_of_a_helper_that_was_not_resolved_is_refused(EbpfCodeType engine)
    {
        using EbpfMachine machine = Boot(out TestExtension extension);
        machine.User.LoadCode(machine.User.NewProgram(), engine, Bytes([new(Call, 0, 0, 0, 0), s_exit]))
            .ExpectRefusal(CheckTable.ProgramLoadInstructions, 0, 1);
        extension.Deregister(machine.Machine);
    }

    [Fact]
    public void No_bytes_harm_the_host()
    {
        Random random = new(20261130);
        byte[] opcodes = [0x07, 0x0f, 0x15, 0x18, 0x2d, 0x61, 0x63, 0x71, 0x73, 0x79, 0x7b, 0x85, 0xb7, 0xbf, 0xdb, 0x95];
        EbpfMachine machine = Boot(out TestExtension extension);
        for (int run = 0; run < 600; run++)
        {
            BpfInstruction[] code = new BpfInstruction[random.Next(2, 12)];
            for (int i = 0; i < code.Length; i++)
            {
                int immediate = random.Next(3) == 0 ? random.Next() : random.Next(-1, 3);
                code[i] = new(opcodes[random.Next(opcodes.Length)], random.Next(11), random.Next(11), (short)random.Next(-24, 24), immediate);
            }

            code[^1] = s_exit;
            EbpfCodeType engine = run % 2 == 0 ? EbpfCodeType.Ebpf : EbpfCodeType.Jit;
            NtHandle program = machine.User.NewProgram();
            machine.User.ResolveHelpers(program, 1, 2, 26).Expect(EbpfResult.Success);
            machine.User.LoadCode(program, engine, Bytes(code));
            try
            {
                machine.User.TestRun(program, new byte[32], [], 200);
                machine.User.Close(program);
            }
            catch (BugcheckException)
            {
                machine.Machine.Dispose();
                machine = Boot(out extension);
            }
        }

        extension.Deregister(machine.Machine);
        machine.Dispose();
    }

    private static BpfInstruction Move(int register, int number) => new(0xb7, register, 0, 0, number);

    /// <summary>A load whose address the test fills in with the map's.</summary>
    private static BpfInstruction[] Map() => [new(0x18, 1, 0, 0, int.MinValue), default];

    private static byte[] Bytes(BpfInstruction[] code) => MemoryMarshal.AsBytes(code.AsSpan()).ToArray();

    private static EbpfMachine Boot(out TestExtension extension)
    {
        EbpfMachine machine = new(options: new EbpfCoreOptions());
        extension = TestExtension.Register(machine.Machine);
        return machine;
    }

    /// <summary>Loads a program that may call the look-up, as helper 0, and the socket's cookie, as helper 1.</summary>
    private static NtHandle Load(EbpfMachine machine, EbpfCodeType engine, BpfInstruction[] code)
    {
        NtHandle program = machine.User.NewProgram();
        TestMap map = machine.User.NewMap(BpfMapType.Hash);
        machine.User.ResolveHelpers(program, 1, 26).Expect(EbpfResult.Success);
        ulong number = BitConverter.ToUInt64(machine.User.ResolveMaps(program, map.Handle).Expect(EbpfResult.Success).Tail(8));
        BpfInstruction[] loaded = [.. code];
        int at = Array.FindIndex(loaded, i => i is { Opcode: 0x18, Immediate: int.MinValue });
        if (at >= 0)
        {
            loaded[at] = loaded[at] with { Immediate = (int)number };
            loaded[at + 1] = loaded[at + 1] with { Immediate = (int)(number >> 32) };
        }

        machine.User.LoadCode(program, engine, Bytes(loaded)).Expect(EbpfResult.Success);
        return program;
    }
}
