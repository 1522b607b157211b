using static KernelSim.Bytecode.Tests.Code;

namespace KernelSim.Bytecode.Tests;

public sealed class BudgetTests
{
    [Theory]
    [InlineData(10, 9, true)]
    [InlineData(10, 8, false)]
    [InlineData(100_000, 99_999, true)]
    [InlineData(100_000, 99_998, false)]
    public void ALoopMayJumpBackwardsAsOftenAsItsBudgetSays(int rounds, ulong budget, bool isEnough)
    {
        Outcome outcome = Both.Run(Image(Mov(0, rounds), Add(0, -1), JumpIfNotEqual(0, 0, -2), Mov(0, 1), Exit()), budget: budget);
        Assert.Equal(isEnough, outcome.Fault is null);
        if (outcome.Fault is { } fault)
        {
            Assert.Equal((BytecodeFaultKind.Budget, 2), (fault.Kind, fault.Instruction));
            Assert.Equal("the budget of jumps backwards is used up at instruction 2 (if r0 != 0 goto -2)", fault.Text);
        }
    }

    [Fact]
    public void CalledFunctionsShareTheBudgetOfTheirCaller()
    {
        // The function loops 5 times, and is called 4 times in a loop: 4 × 4 jumps backwards inside, 3 outside.
        BytecodeImage image = Image(
            Mov(6, 4),
            CallLocal(4),
            Add(6, -1),
            JumpIfNotEqual(6, 0, -3),
            Mov(0, 1),
            Exit(),
            Mov(0, 5),
            Add(0, -1),
            JumpIfNotEqual(0, 0, -2),
            Exit());
        Assert.Null(Both.Run(image, budget: 19).Fault);
        Assert.Equal(8, Both.Fault(image, budget: 18).Instruction);
    }

    [Fact]
    public void AHostThatIsStoppedEndsALoop()
    {
        BytecodeFault fault = Both.Fault(Image(Jump(-1)), host: new TestHost { Stopped = true });
        Assert.Equal((BytecodeFaultKind.Interrupted, "interrupted at instruction 0 (goto -1)"), (fault.Kind, fault.Text));
    }

    [Fact]
    public unsafe void WhatIsLeftOfABudgetIsKnownAfterwards()
    {
        foreach (IBytecodeEngine engine in Engines.All)
        {
            IBytecodeProgram program = engine.Load(Image(Mov(0, 10), Add(0, -1), JumpIfNotEqual(0, 0, -2), Exit()), out _)!;
            BytecodeRun run = new(new TestHost(), null, 0, 0) { Budget = 1000 };
            program.Run(ref run);
            Assert.Equal(991UL, run.Budget);
        }
    }
}
