using static KernelSim.Bytecode.Tests.Code;

namespace KernelSim.Bytecode.Tests;

public sealed class CallTests
{
    [Fact]
    public void EightFramesAreSeparateAndReachable()
    {
        // Each function writes its depth to its own frame, calls the next, and adds what its frame holds.
        List<BpfInstruction> program = [];
        for (int depth = 1; depth <= 8; depth++)
        {
            program.Add(StoreConstant(U64, 10, -512, depth));
            program.Add(depth < 8 ? CallLocal(3) : Mov(0, 0));
            program.Add(Load(U64, 1, 10, -512));
            program.Add(AddRegister(0, 1));
            program.Add(Exit());
        }

        Assert.Equal(36UL, Both.Run(Image([.. program])).R0);
    }

    [Fact]
    public void ACalledFunctionReachesItsCallersFrameByPointer()
    {
        Outcome outcome = Both.Run(Image(
            MovRegister(1, 10), Add(1, -8), CallLocal(2), Load(U64, 0, 10, -8), Exit(), StoreConstant(U64, 1, 0, 77), Mov(0, 0), Exit()));
        Assert.Equal((77UL, null), (outcome.R0, outcome.Fault));
    }

    [Fact]
    public void TheFrameOfAFunctionThatHasReturnedIsOutOfReach()
    {
        BytecodeFault fault = Both.Fault(Image(CallLocal(2), Load(U64, 0, 0, -8), Exit(), MovRegister(0, 10), Exit()));
        Assert.Equal((BytecodeFaultKind.InvalidRead, -8L), (fault.Kind, fault.Distance));
    }

    [Fact]
    public void AFunctionStartsWithZerosAndLeavesItsCallersRegisters()
    {
        Outcome outcome = Both.Run(Image(
            Mov(6, 5), Mov(3, 4), CallLocal(3), AddRegister(0, 6), AddRegister(0, 3), Exit(),
            AddRegister(0, 6), AddRegister(0, 9), Mov(6, 100), Mov(3, 100), AddRegister(0, 1), Exit()));
        Assert.Equal(9UL, outcome.R0);
    }

    [Fact]
    public void HelpersGetFiveArgumentsAndLeaveThem()
    {
        TestHost host = new();
        host.Helpers[7] = (ref BytecodeRun run, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
            r1 + (10 * r2) + (100 * r3) + (1000 * r4) + (10_000 * r5);
        Outcome outcome = Both.Run(
            Image(Mov(1, 1), Mov(2, 2), Mov(3, 3), Mov(4, 4), Mov(5, 5), Call(7), AddRegister(0, 5), Exit()), host: host);
        Assert.Equal(54_326UL, outcome.R0);
    }

    [Fact]
    public void AHelperThatTheHostDoesNotHaveEndsTheRun()
    {
        BytecodeFault fault = Both.Fault(Image(Mov(3, 99), CallRegister(3), Exit()));
        Assert.Equal(
            (BytecodeFaultKind.UnknownHelper, 1, "helper 99 is unknown at instruction 1 (callx r3)"), (fault.Kind, fault.Instruction, fault.Text));
    }

    [Theory]
    [InlineData(0, 3UL)]
    [InlineData(8, 4UL)]
    public void AHelperChecksTheMemoryOfItsArguments(int distance, ulong length)
    {
        TestHost host = new();
        host.Helpers[1] = (ref BytecodeRun run, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
            run.CheckArgument(1, r1, (nuint)r2, write: false) ? 1UL : 0;
        Outcome outcome = Both.Run(Image(Add(1, distance), Mov(2, (int)length), Call(1), Exit()), new byte[8], host);
        Assert.Equal(distance == 0, outcome.Fault is null);
        if (outcome.Fault is { } fault)
        {
            Assert.Equal((BytecodeFaultKind.InvalidRead, 2, 1), (fault.Kind, fault.Instruction, fault.Register));
            Assert.StartsWith("the helper reads 4 bytes at r1 (0x", fault.Text, StringComparison.Ordinal);
            Assert.EndsWith("by instruction 2 (call 1): right after the context of 8 bytes", fault.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0, 0UL)]
    [InlineData(-3, 9UL)]
    public void ASuccessfulTailCallEndsTheWholeProgramFromANestedFunction(int result, ulong r0)
    {
        TestHost host = new();
        host.Helpers[2] = (ref BytecodeRun run, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) => (ulong)result;
        BpfInstruction[] direct = [CallLocal(2), Mov(0, 9), Exit(), CallLocal(2), Mov(0, 8), Exit(), Call(2), Exit()];
        BpfInstruction[] byRegister = [CallLocal(2), Mov(0, 9), Exit(), CallLocal(2), Mov(0, 8), Exit(), Mov(4, 2), CallRegister(4), Exit()];
        foreach (BpfInstruction[] program in (BpfInstruction[][])[direct, byRegister])
        {
            Outcome outcome = Both.Run(Image(program) with { UnwindHelper = 2 }, host: host);
            Assert.Equal((r0, null), (outcome.R0, outcome.Fault));
        }
    }

    [Fact]
    public void AFaultInANestedFunctionEndsTheWholeProgram()
    {
        Outcome outcome = Both.Run(
            Image(CallLocal(3), StoreConstant(U8, 1, 0, 1), Mov(0, 1), Exit(), Load(U8, 0, 9, 0), Exit()), new byte[1]);
        Assert.Equal((0UL, "00", 4), (outcome.R0, outcome.Memory, outcome.Fault!.Instruction));
    }
}
